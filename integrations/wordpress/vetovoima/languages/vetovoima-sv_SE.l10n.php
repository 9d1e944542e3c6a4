<?php
/**
 * The texts in Swedish. WordPress 6.5 and newer reads this form as it is, without compiling.
 *
 * @package Vetovoima
 */

return array(
	'domain'       => 'vetovoima',
	'plural-forms' => 'nplurals=2; plural=n != 1;',
	'language'     => 'sv_SE',
	'messages'     => array(
		'1 to 60' => '1–60',
		'A channel key has eight letters and digits. It stands beside your page in the portal’s list of channels.' => 'En kanalnyckel har åtta bokstäver och siffror. Den står vid din sida i portalens lista över kanaler.',
		'A municipality is written as in the address of its page on the portal: small letters and hyphens.' => 'Kommunen skrivs som i adressen till dess sida på portalen: små bokstäver och bindestreck.',
		'A municipality\'s published sites and premises on its own pages: fetched by this server, kept for some minutes, without script or cookies.' => 'En kommuns publicerade tomter och lokaler på dess egna sidor: den här servern hämtar dem och behåller dem några minuter, utan skript och kakor.',
		'Address of the portal' => 'Portalens adress',
		'As in the address of a search: kind=plot&min_area=5. May be empty.' => 'Som i adressen till en sökning: kind=plot&min_area=5. Får vara tomt.',
		'As in the address of its page on the portal. Left empty: the whole region.' => 'Som i adressen till dess sida på portalen. Tomt: hela regionen.',
		'As it was on %s. It cannot be refreshed just now.' => 'Läget %s. Det kan inte uppdateras just nu.',
		'Channel key' => 'Kanalnyckel',
		'Choose a language of the list.' => 'Välj ett språk i listan.',
		'Copies are kept for 1 to 60 minutes.' => 'Kopior behålls i 1–60 minuter.',
		'Fetch now' => 'Hämta nu',
		'Fetched last on %s.' => 'Hämtades senast %s.',
		'From the portal’s list of channels; visits and enquiries are then counted for your page. May be empty.' => 'Från portalens lista över kanaler; besök och förfrågningar räknas då för din sida. Får vara tomt.',
		'In a page: the block “Sites and premises (Vetovoima)”, or the shortcode [vetovoima].' => 'På en sida: blocket ”Tomter och lokaler (Vetovoima)” eller kortkoden [vetovoima].',
		'Language' => 'Språk',
		'Left empty: as in Settings → Vetovoima.' => 'Tomt: som under Inställningar → Vetovoima.',
		'Minutes that a copy is fresh' => 'Hur många minuter en kopia är färsk',
		'Municipality' => 'Kommun',
		'Nothing has been fetched yet.' => 'Inget har hämtats ännu.',
		'Only those for which' => 'Endast de som',
		'Only those for which (as in the address of a search)' => 'Endast de som (som i adressen till en sökning)',
		'Say in Settings → Vetovoima at which portal the offer is.' => 'Ange under Inställningar → Vetovoima vilken portal utbudet hör till.',
		'See the available sites and premises' => 'Se lediga tomter och lokaler',
		'Sites and premises (Vetovoima)' => 'Tomter och lokaler (Vetovoima)',
		'State' => 'Läge',
		'That of the page' => 'Sidans språk',
		'The address of the portal begins with https:// and a host name.' => 'Portalens adress börjar med https:// och ett värdnamn.',
		'The offer is being fetched.' => 'Utbudet hämtas just nu.',
		'The portal answered %1$d. %2$s' => 'Portalen svarade %1$d. %2$s',
		'The portal could not be reached: %s' => 'Portalen kunde inte nås: %s',
		'The portal does not have this municipality. Check its name.' => 'Portalen har inte den här kommunen. Kontrollera namnet.',
		'The published sites and premises of a municipality.' => 'En kommuns publicerade tomter och lokaler.',
		'What stands at this address is not an offer. Check the address of the portal.' => 'På den här adressen finns inget utbud. Kontrollera portalens adress.',
		'You may not change these settings.' => 'Du får inte ändra de här inställningarna.',
		// The block's own name and description are looked up in a context.
		"block title\4Sites and premises (Vetovoima)" => 'Tomter och lokaler (Vetovoima)',
		"block description\4The published sites and premises of a municipality." => 'En kommuns publicerade tomter och lokaler.',
	),
);
