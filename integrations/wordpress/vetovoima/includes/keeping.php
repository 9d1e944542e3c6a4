<?php
/**
 * Fetching the offer and keeping it: fresh for some minutes, and the last good copy for when the portal does not answer.
 *
 * @package Vetovoima
 */

defined( 'ABSPATH' ) || exit;

/** The largest answer that is taken, in bytes. */
const VETOVOIMA_MOST_BYTES = 524288;
/** How long a page waits for the portal, in seconds. */
const VETOVOIMA_PATIENCE = 4;
/** How long nobody asks again after a failure, in seconds: a portal that is away must not make every page slow. */
const VETOVOIMA_REST = 60;
/** How old a copy may be that is still shown, in seconds: older than this the offer may be sold. */
const VETOVOIMA_OLDEST = 1209600;
/** How many copies are kept, one for each address that is asked. */
const VETOVOIMA_MOST_COPIES = 60;

/**
 * This will return the offer behind an address.
 *
 * `state` is fresh, kept (the portal did not answer, this is the last good copy) or none. `at` is when the portal last
 * said that it is so, `trouble` a sentence for editors.
 *
 * @param string $url The address of the fragment.
 * @return array{state: string, html: string, version: string, at: int, trouble: string}
 */
function vetovoima_offer( string $url ): array {
	$name  = md5( $url );
	$fresh = get_transient( "vetovoima_fresh_$name" );
	if ( is_array( $fresh ) && isset( $fresh['html'] ) ) {
		return vetovoima_answer( 'fresh', $fresh );
	}
	$waiting = get_transient( "vetovoima_rest_$name" );
	if ( false !== $waiting ) {
		return vetovoima_last_good( $name, (string) $waiting );
	}
	// Others who come while we ask are given the last copy, and one who never comes back locks nobody out for long.
	set_transient( "vetovoima_rest_$name", __( 'The offer is being fetched.', 'vetovoima' ), VETOVOIMA_REST );
	$copy = get_option( "vetovoima_copy_$name", array() );
	$read = vetovoima_fetch( $url, is_array( $copy ) ? (string) ( $copy['etag'] ?? '' ) : '' );
	if ( $read['unchanged'] && isset( $copy['html'] ) ) {
		return vetovoima_keep( $url, array_merge( $copy, array( 'at' => time() ) ) );
	}
	if ( '' !== $read['html'] ) {
		return vetovoima_keep( $url, vetovoima_copy_of( $read ) );
	}
	if ( $read['gone'] ) {
		delete_option( "vetovoima_copy_$name" );
	}
	set_transient( "vetovoima_rest_$name", $read['trouble'], VETOVOIMA_REST );
	return vetovoima_last_good( $name, $read['trouble'] );
}

/**
 * This will ask the portal once, with a bound on time and size; redirects and private addresses are not followed.
 *
 * @param string $url  The address.
 * @param string $etag The mark of the copy that we have, or nothing.
 * @return array{html: string, etag: string, unchanged: bool, gone: bool, trouble: string}
 */
function vetovoima_fetch( string $url, string $etag ): array {
	$read    = array(
		'html'      => '',
		'etag'      => '',
		'unchanged' => false,
		'gone'      => false,
		'trouble'   => '',
	);
	$headers = array( 'Accept' => 'text/html' );
	if ( '' !== $etag ) {
		$headers['If-None-Match'] = $etag;
	}
	$answer = wp_safe_remote_get(
		$url,
		array(
			'timeout'             => VETOVOIMA_PATIENCE,
			'redirection'         => 0,
			'limit_response_size' => VETOVOIMA_MOST_BYTES + 1,
			'headers'             => $headers,
			'user-agent'          => 'Vetovoima-WordPress/' . VETOVOIMA_VERSION,
		)
	);
	if ( is_wp_error( $answer ) ) {
		/* translators: %s: what the server says of the connection. */
		$read['trouble'] = sprintf( __( 'The portal could not be reached: %s', 'vetovoima' ), $answer->get_error_message() );
		return $read;
	}
	$status = (int) wp_remote_retrieve_response_code( $answer );
	$body   = (string) wp_remote_retrieve_body( $answer );
	$kind   = (string) wp_remote_retrieve_header( $answer, 'content-type' );
	if ( 304 === $status ) {
		$read['unchanged'] = '' !== $etag;
	} elseif ( 200 === $status && 0 === strpos( $kind, 'text/html' ) && strlen( $body ) <= VETOVOIMA_MOST_BYTES && false !== strpos( $body, 'vetovoima-' ) ) {
		$read['html'] = $body;
		$read['etag'] = (string) wp_remote_retrieve_header( $answer, 'etag' );
	} else {
		$read['gone']    = in_array( $status, array( 404, 410 ), true );
		$read['trouble'] = vetovoima_trouble( $status, $body );
	}
	return $read;
}

/**
 * This will say in a sentence what is wrong with an answer. The portal's own reason is named when it gives one (RFC 9457).
 *
 * @param int    $status The status of the answer.
 * @param string $body   Its body.
 */
function vetovoima_trouble( int $status, string $body ): string {
	$said   = json_decode( substr( $body, 0, 4000 ), true );
	$detail = is_array( $said ) && is_string( $said['detail'] ?? null ) ? sanitize_text_field( $said['detail'] ) : '';
	if ( 200 === $status ) {
		return __( 'What stands at this address is not an offer. Check the address of the portal.', 'vetovoima' );
	}
	if ( 404 === $status || 410 === $status ) {
		return __( 'The portal does not have this municipality. Check its name.', 'vetovoima' );
	}
	/* translators: 1: a number such as 503, 2: the portal's own reason, or nothing. */
	return trim( sprintf( __( 'The portal answered %1$d. %2$s', 'vetovoima' ), $status, $detail ) );
}

/**
 * This will make the copy that is kept of an answer: filtered once, before it is stored.
 *
 * @param array{html: string, etag: string} $read What came.
 * @return array{html: string, etag: string, version: string, at: int}
 */
function vetovoima_copy_of( array $read ): array {
	$found = preg_match( '/\bdata-vetovoima-version="([^"]{1,80})"/', $read['html'], $match );
	return array(
		'html'    => vetovoima_filtered( $read['html'] ),
		'etag'    => substr( $read['etag'], 0, 200 ),
		'version' => $found ? $match[1] : '',
		'at'      => time(),
	);
}

/**
 * This will keep a copy and return it as fresh. Whoever empties a page cache listens to `vetovoima_changed`.
 *
 * @param string                                                     $url  The address.
 * @param array{html: string, etag: string, version: string, at: int} $copy What is kept.
 * @return array{state: string, html: string, version: string, at: int, trouble: string}
 */
function vetovoima_keep( string $url, array $copy ): array {
	$name   = md5( $url );
	$before = get_option( "vetovoima_copy_$name", array() );
	set_transient( "vetovoima_fresh_$name", $copy, 60 * max( 1, (int) vetovoima_settings()['minutes'] ) );
	update_option( "vetovoima_copy_$name", $copy, false );
	delete_transient( "vetovoima_rest_$name" );
	vetovoima_remember( $name );
	if ( is_array( $before ) && ( $before['html'] ?? '' ) !== $copy['html'] ) {
		do_action( 'vetovoima_changed', $url, $copy['version'] );
	}
	return vetovoima_answer( 'fresh', $copy );
}

/**
 * This will return the last good copy, unless there is none or it is too old to be true.
 *
 * @param string $name    The name under which it is kept.
 * @param string $trouble Why it is needed.
 * @return array{state: string, html: string, version: string, at: int, trouble: string}
 */
function vetovoima_last_good( string $name, string $trouble ): array {
	$copy = get_option( "vetovoima_copy_$name", array() );
	if ( ! is_array( $copy ) || ! isset( $copy['html'], $copy['at'] ) || time() - (int) $copy['at'] > VETOVOIMA_OLDEST ) {
		return vetovoima_answer( 'none', array(), $trouble );
	}
	return vetovoima_answer( 'kept', $copy, $trouble );
}

/**
 * This will write an answer in its one form.
 *
 * @param string       $state   fresh, kept or none.
 * @param array<mixed> $copy    The copy, or nothing.
 * @param string       $trouble A sentence for editors.
 * @return array{state: string, html: string, version: string, at: int, trouble: string}
 */
function vetovoima_answer( string $state, array $copy, string $trouble = '' ): array {
	return array(
		'state'   => $state,
		'html'    => (string) ( $copy['html'] ?? '' ),
		'version' => (string) ( $copy['version'] ?? '' ),
		'at'      => (int) ( $copy['at'] ?? 0 ),
		'trouble' => $trouble,
	);
}

/**
 * This will remember under which names copies are kept, and let go of the oldest when there are many.
 *
 * @param string $name The name that was just used.
 */
function vetovoima_remember( string $name ): void {
	$names          = get_option( 'vetovoima_copies', array() );
	$names          = is_array( $names ) ? $names : array();
	$names[ $name ] = time();
	asort( $names );
	while ( count( $names ) > VETOVOIMA_MOST_COPIES ) {
		$oldest = (string) array_key_first( $names );
		vetovoima_forget( $oldest );
		unset( $names[ $oldest ] );
	}
	update_option( 'vetovoima_copies', $names, false );
}

/**
 * This will forget what is kept under a name.
 *
 * @param string $name As vetovoima_remember was told.
 */
function vetovoima_forget( string $name ): void {
	delete_option( "vetovoima_copy_$name" );
	delete_transient( "vetovoima_fresh_$name" );
	delete_transient( "vetovoima_rest_$name" );
}

/**
 * This will forget every copy: after the settings changed, and when the plugin is removed.
 */
function vetovoima_forget_copies(): void {
	$names = get_option( 'vetovoima_copies', array() );
	foreach ( array_keys( is_array( $names ) ? $names : array() ) as $name ) {
		vetovoima_forget( (string) $name );
	}
	delete_option( 'vetovoima_copies' );
}
