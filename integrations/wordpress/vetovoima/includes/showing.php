<?php
/**
 * The shortcode and the block: both show the same, made by this server.
 *
 * @package Vetovoima
 */

defined( 'ABSPATH' ) || exit;

/** From how old on a copy says its age to readers, in seconds. */
const VETOVOIMA_TELL_AGE = 3600;

/**
 * This will answer the shortcode: [vetovoima municipality="…" lang="fi" kind="plot"].
 *
 * @param array<string, string>|string $attributes As written.
 */
function vetovoima_shortcode( $attributes ): string {
	$names = array_merge( array( 'municipality', 'lang' ), VETOVOIMA_WISHES );
	$place = shortcode_atts( array_fill_keys( $names, '' ), is_array( $attributes ) ? $attributes : array(), 'vetovoima' );
	return '<div class="vetovoima">' . vetovoima_shown( array_map( 'strval', $place ) ) . '</div>';
}

/**
 * This will answer the block.
 *
 * @param array<string, mixed> $attributes As block.json names them.
 */
function vetovoima_block( array $attributes ): string {
	$place                 = vetovoima_wishes( (string) ( $attributes['wishes'] ?? '' ) );
	$place                 = array_merge( $place, vetovoima_known_wishes( $attributes ) );
	$place['municipality'] = (string) ( $attributes['municipality'] ?? '' );
	$place['lang']         = (string) ( $attributes['lang'] ?? '' );
	return '<div ' . get_block_wrapper_attributes( array( 'class' => 'vetovoima' ) ) . '>' . vetovoima_shown( $place ) . '</div>';
}

/**
 * This will return the offer as HTML that may stand in a page: fresh, else the last good copy, else a link.
 *
 * @param array<string, string> $place What the shortcode or the block says.
 */
function vetovoima_shown( array $place ): string {
	$url = vetovoima_address( $place );
	if ( '' === $url ) {
		return vetovoima_for_editors( __( 'Say in Settings → Vetovoima at which portal the offer is.', 'vetovoima' ) );
	}
	$offer = vetovoima_offer( $url );
	$html  = $offer['html'];
	if ( '' === $html ) {
		/* translators: the text of a link to the municipality's page on the portal. */
		$html = '<p><a href="' . esc_url( vetovoima_page_address( $place ) ) . '">' . esc_html__( 'See the available sites and premises', 'vetovoima' ) . '</a></p>';
	} elseif ( 'kept' === $offer['state'] && time() - $offer['at'] > VETOVOIMA_TELL_AGE ) {
		$moment = wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $offer['at'] );
		/* translators: %s: a date and a time. */
		$html .= '<p class="vetovoima-age"><small>' . esc_html( sprintf( __( 'As it was on %s. It cannot be refreshed just now.', 'vetovoima' ), $moment ) ) . '</small></p>';
	}
	return $html . vetovoima_for_editors( $offer['trouble'] );
}

/**
 * This will tell those who write pages what is wrong, and others nothing.
 *
 * @param string $trouble A sentence, or nothing.
 */
function vetovoima_for_editors( string $trouble ): string {
	if ( '' === $trouble || ! current_user_can( 'edit_posts' ) ) {
		return '';
	}
	return '<p class="vetovoima-trouble"><strong>Vetovoima:</strong> ' . esc_html( $trouble ) . '</p>';
}

/**
 * This will let through what a list of texts, links and pictures needs, and nothing that runs.
 *
 * @param string $html As the portal gave it.
 */
function vetovoima_filtered( string $html ): string {
	// wp_kses takes away the tags of a script and leaves its text, so the whole of it goes first.
	$html   = (string) preg_replace( '#<(script|style|template|noscript|iframe|object)\b.*?(</\1\s*>|$)#is', '', $html );
	$common = array_fill_keys( array( 'class', 'lang', 'dir', 'title', 'role', 'data-*', 'aria-label', 'aria-labelledby', 'aria-describedby', 'aria-hidden', 'id' ), true );
	$tags   = array( 'section', 'article', 'header', 'footer', 'div', 'span', 'h2', 'h3', 'h4', 'h5', 'p', 'br', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'strong', 'em', 'b', 'i', 'small', 'abbr', 'figure', 'figcaption', 'table', 'caption', 'thead', 'tbody', 'tr', 'nav' );
	$let    = array_fill_keys( $tags, $common );
	$let   += array(
		'a'    => $common + array_fill_keys( array( 'href', 'hreflang', 'rel' ), true ),
		'img'  => $common + array_fill_keys( array( 'src', 'alt', 'width', 'height', 'loading', 'decoding' ), true ),
		'time' => $common + array( 'datetime' => true ),
		'data' => $common + array( 'value' => true ),
		'th'   => $common + array_fill_keys( array( 'scope', 'colspan', 'rowspan' ), true ),
		'td'   => $common + array_fill_keys( array( 'colspan', 'rowspan' ), true ),
	);
	// The search is a form that leads to the portal, the map a drawing.
	$drawn = $common + array_fill_keys( array( 'fill', 'fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width' ), true );
	$let  += array(
		'form'   => $common + array_fill_keys( array( 'action', 'method' ), true ),
		'label'  => $common + array( 'for' => true ),
		'input'  => $common + array_fill_keys( array( 'name', 'value', 'maxlength' ), true ) + array( 'type' => array( 'values' => array( 'search', 'hidden' ) ) ),
		'button' => $common,
		'svg'    => $drawn + array_fill_keys( array( 'viewbox', 'width', 'height' ), true ),
		'path'   => $drawn + array( 'd' => true ),
		'circle' => $drawn + array_fill_keys( array( 'cx', 'cy', 'r' ), true ),
		'text'   => $drawn + array_fill_keys( array( 'x', 'y', 'font-size', 'text-anchor' ), true ),
	);
	return trim( wp_kses( $html, $let, array( 'https', 'http', 'mailto', 'tel' ) ) );
}

/**
 * This will give the block's controls their names in the language of whoever writes.
 */
function vetovoima_name_controls(): void {
	$names = array(
		'title'        => __( 'Sites and premises (Vetovoima)', 'vetovoima' ),
		'municipality' => __( 'Municipality', 'vetovoima' ),
		'asSettings'   => __( 'Left empty: as in Settings → Vetovoima.', 'vetovoima' ),
		'language'     => __( 'Language', 'vetovoima' ),
		'ofPage'       => __( 'That of the page', 'vetovoima' ),
		'wishes'       => __( 'Only those for which (as in the address of a search)', 'vetovoima' ),
	);
	wp_add_inline_script( 'vetovoima-sites-editor-script', 'window.vetovoimaNames = ' . wp_json_encode( $names ) . ';', 'before' );
}
