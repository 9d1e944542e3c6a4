<?php
/**
 * The texts in Finnish. WordPress 6.5 and newer reads this form as it is, without compiling.
 *
 * @package Vetovoima
 */

return array(
	'domain'       => 'vetovoima',
	'plural-forms' => 'nplurals=2; plural=n != 1;',
	'language'     => 'fi',
	'messages'     => array(
		'1 to 60' => '1–60',
		'A channel key has eight letters and digits. It stands beside your page in the portal’s list of channels.' => 'Kanavan avaimessa on kahdeksan kirjainta ja numeroa. Se on sivusi kohdalla portaalin kanavaluettelossa.',
		'A municipality is written as in the address of its page on the portal: small letters and hyphens.' => 'Kunta kirjoitetaan kuten sen sivun osoitteessa portaalissa: pienin kirjaimin ja yhdysmerkein.',
		'A municipality\'s published sites and premises on its own pages: fetched by this server, kept for some minutes, without script or cookies.' => 'Kunnan julkaistut tontit ja toimitilat sen omilla sivuilla: tämä palvelin hakee ne ja säilyttää muutaman minuutin, ilman skriptejä ja evästeitä.',
		'Address of the portal' => 'Portaalin osoite',
		'As in the address of a search: kind=plot&min_area=5. May be empty.' => 'Kuten haun osoitteessa: kind=plot&min_area=5. Voi jäädä tyhjäksi.',
		'As in the address of its page on the portal. Left empty: the whole region.' => 'Kuten sen sivun osoitteessa portaalissa. Tyhjä: koko maakunta.',
		'As it was on %s. It cannot be refreshed just now.' => 'Tilanne %s. Päivitys ei onnistu juuri nyt.',
		'Channel key' => 'Kanavan avain',
		'Choose a language of the list.' => 'Valitse kieli luettelosta.',
		'Copies are kept for 1 to 60 minutes.' => 'Kopiot säilytetään 1–60 minuuttia.',
		'Fetch now' => 'Hae nyt',
		'Fetched last on %s.' => 'Haettu viimeksi %s.',
		'From the portal’s list of channels; visits and enquiries are then counted for your page. May be empty.' => 'Portaalin kanavaluettelosta; käynnit ja yhteydenotot lasketaan silloin sivullesi. Voi jäädä tyhjäksi.',
		'In a page: the block “Sites and premises (Vetovoima)”, or the shortcode [vetovoima].' => 'Sivulle: lohko ”Tontit ja toimitilat (Vetovoima)” tai lyhytkoodi [vetovoima].',
		'Language' => 'Kieli',
		'Left empty: as in Settings → Vetovoima.' => 'Tyhjä: kuten kohdassa Asetukset → Vetovoima.',
		'Minutes that a copy is fresh' => 'Kuinka monta minuuttia kopio on tuore',
		'Municipality' => 'Kunta',
		'Nothing has been fetched yet.' => 'Mitään ei ole vielä haettu.',
		'Only those for which' => 'Vain ne, joilla',
		'Only those for which (as in the address of a search)' => 'Vain ne, joilla (kuten haun osoitteessa)',
		'Say in Settings → Vetovoima at which portal the offer is.' => 'Kerro kohdassa Asetukset → Vetovoima, minkä portaalin tarjonta näytetään.',
		'See the available sites and premises' => 'Katso vapaat tontit ja toimitilat',
		'Sites and premises (Vetovoima)' => 'Tontit ja toimitilat (Vetovoima)',
		'State' => 'Tila',
		'That of the page' => 'Sivun kieli',
		'The address of the portal begins with https:// and a host name.' => 'Portaalin osoite alkaa https:// ja palvelimen nimellä.',
		'The offer is being fetched.' => 'Tarjontaa haetaan parhaillaan.',
		'The portal answered %1$d. %2$s' => 'Portaali vastasi %1$d. %2$s',
		'The portal could not be reached: %s' => 'Portaaliin ei saatu yhteyttä: %s',
		'The portal does not have this municipality. Check its name.' => 'Portaalissa ei ole tätä kuntaa. Tarkista sen nimi.',
		'The published sites and premises of a municipality.' => 'Kunnan julkaistut tontit ja toimitilat.',
		'What stands at this address is not an offer. Check the address of the portal.' => 'Tästä osoitteesta ei löydy tarjontaa. Tarkista portaalin osoite.',
		'You may not change these settings.' => 'Et voi muuttaa näitä asetuksia.',
		// The block's own name and description are looked up in a context.
		"block title\4Sites and premises (Vetovoima)" => 'Tontit ja toimitilat (Vetovoima)',
		"block description\4The published sites and premises of a municipality." => 'Kunnan julkaistut tontit ja toimitilat.',
	),
);
