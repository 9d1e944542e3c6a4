<?php
/**
 * What is asked of the portal: settings, the language of the page, the wishes of one place, and the address made of them.
 *
 * @package Vetovoima
 */

defined( 'ABSPATH' ) || exit;

const VETOVOIMA_LANGUAGES = array( 'fi', 'en', 'sv' );

/** The wishes that the portal's search understands; others are refused by it, so they are not sent. */
const VETOVOIMA_WISHES = array(
	'mode',
	'code',
	'sector',
	'kind',
	'availability',
	'q',
	'sort',
	'bbox',
	'examples',
	'limit',
	'min_area',
	'max_area',
	'min_floor',
	'max_floor',
	'min_power',
	'power_year',
	'min_voltage',
	'min_water',
	'max_price',
	'min_investment',
	'max_investment',
	'rail_km',
	'port_km',
	'airport_km',
	'substation_km',
	'near',
	'radius',
	'area',
	'queue',
	'max_lead',
	'flexible',
	'redundant',
	'firm',
	'grid_confirmed',
	'min_readiness',
	'rail',
);

/**
 * This will return the settings, with what holds where nothing has been said.
 *
 * @return array{address: string, municipality: string, language: string, channel: string, wishes: string, minutes: int}
 */
function vetovoima_settings(): array {
	$usual = array(
		'address'      => '',
		'municipality' => '',
		'language'     => 'auto',
		'channel'      => '',
		'wishes'       => '',
		'minutes'      => 5,
	);
	$said  = get_option( 'vetovoima', array() );
	return array_merge( $usual, is_array( $said ) ? array_intersect_key( $said, $usual ) : array() );
}

/**
 * This will return the language to ask in: as the place says, as the settings say, or that of the page.
 *
 * WPML and Polylang know the page's language; without them it is the locale. A language that the portal does not
 * speak is asked in English.
 *
 * @param string $said What the place says, or nothing.
 */
function vetovoima_language( string $said = '' ): string {
	if ( in_array( $said, VETOVOIMA_LANGUAGES, true ) ) {
		return $said;
	}
	$settings = vetovoima_settings();
	if ( in_array( $settings['language'], VETOVOIMA_LANGUAGES, true ) ) {
		return $settings['language'];
	}
	$found = apply_filters( 'wpml_current_language', null ); // phpcs:ignore -- the hook is WPML's own.
	if ( ! is_string( $found ) || '' === $found ) {
		$found = function_exists( 'pll_current_language' ) ? pll_current_language( 'slug' ) : '';
	}
	if ( ! is_string( $found ) || '' === $found ) {
		$found = determine_locale();
	}
	$short = strtolower( substr( $found, 0, 2 ) );
	return in_array( $short, VETOVOIMA_LANGUAGES, true ) ? $short : 'en';
}

/**
 * This will read wishes as they stand in an address (kind=plot&min_area=5), keeping those that the portal knows.
 *
 * @param string $text As typed.
 * @return array<string, string>
 */
function vetovoima_wishes( string $text ): array {
	parse_str( ltrim( trim( $text ), '?&' ), $given );
	return vetovoima_known_wishes( $given );
}

/**
 * This will keep of any values the wishes that the portal knows and that say something.
 *
 * @param array<mixed> $given By name.
 * @return array<string, string>
 */
function vetovoima_known_wishes( array $given ): array {
	$known = array();
	foreach ( VETOVOIMA_WISHES as $name ) {
		if ( isset( $given[ $name ] ) && is_scalar( $given[ $name ] ) && '' !== trim( (string) $given[ $name ] ) ) {
			$known[ $name ] = trim( sanitize_text_field( (string) $given[ $name ] ) );
		}
	}
	return $known;
}

/**
 * This will return the municipality that a place asks for, else that of the settings; nothing is the whole region.
 *
 * @param string $said What the place says, or nothing.
 */
function vetovoima_municipality( string $said ): string {
	$slug = strtolower( trim( '' === trim( $said ) ? vetovoima_settings()['municipality'] : $said ) );
	return preg_match( '/^[a-z0-9-]{1,60}$/', $slug ) ? $slug : '';
}

/**
 * This will make the address of the offer, or nothing while the settings lack the portal.
 *
 * @param array<string, string> $place What the shortcode or the block says: municipality, lang, wishes.
 */
function vetovoima_address( array $place ): string {
	$settings     = vetovoima_settings();
	$municipality = vetovoima_municipality( $place['municipality'] ?? '' );
	if ( '' === $settings['address'] ) {
		return '';
	}
	$query = array_merge(
		vetovoima_wishes( $settings['wishes'] ),
		vetovoima_known_wishes( $place ),
		array( 'lang' => vetovoima_language( $place['lang'] ?? '' ) )
	);
	if ( '' !== $settings['channel'] ) {
		$query['channel'] = $settings['channel'];
	}
	ksort( $query );
	$folder = '' === $municipality ? '' : "$municipality/";
	return $settings['address'] . "/embed/{$folder}fragment.html?" . http_build_query( $query, '', '&', PHP_QUERY_RFC3986 );
}

/**
 * This will make the address of the page on the portal where a reader finds the offer in any case.
 *
 * @param array<string, string> $place What the shortcode or the block says.
 */
function vetovoima_page_address( array $place ): string {
	$municipality = vetovoima_municipality( $place['municipality'] ?? '' );
	$page         = '' === $municipality ? 'sites' : "municipalities/$municipality";
	return vetovoima_settings()['address'] . '/' . vetovoima_language( $place['lang'] ?? '' ) . "/$page/";
}
