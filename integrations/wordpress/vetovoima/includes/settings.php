<?php
/**
 * The page Settings → Vetovoima.
 *
 * @package Vetovoima
 */

defined( 'ABSPATH' ) || exit;

/**
 * This will put the page into the menu, for those who manage the site.
 */
function vetovoima_add_page(): void {
	add_options_page( 'Vetovoima', 'Vetovoima', 'manage_options', 'vetovoima', 'vetovoima_settings_page' );
}

/**
 * This will make the settings known to WordPress, which checks the right and the nonce when they are saved.
 */
function vetovoima_register_settings(): void {
	register_setting(
		'vetovoima',
		'vetovoima',
		array(
			'type'              => 'array',
			'sanitize_callback' => 'vetovoima_checked',
			'default'           => array(),
			'show_in_rest'      => false,
		)
	);
}

/**
 * This will check what was typed. What cannot be right stays as it was, and a sentence says so.
 *
 * @param mixed $typed As the form sent it.
 * @return array{address: string, municipality: string, language: string, channel: string, wishes: string, minutes: int}
 */
function vetovoima_checked( $typed ): array {
	$typed   = is_array( $typed ) ? array_map( 'strval', array_filter( $typed, 'is_scalar' ) ) : array();
	$checked = vetovoima_settings();
	$address = vetovoima_origin( trim( $typed['address'] ?? '' ) );
	if ( null === $address ) {
		add_settings_error( 'vetovoima', 'address', __( 'The address of the portal begins with https:// and a host name.', 'vetovoima' ) );
	} else {
		$checked['address'] = $address;
	}
	$forms = array(
		'municipality' => array( '/^[a-z0-9-]{0,60}$/', __( 'A municipality is written as in the address of its page on the portal: small letters and hyphens.', 'vetovoima' ) ),
		'channel'      => array( '/^([a-z0-9]{8})?$/', __( 'A channel key has eight letters and digits. It stands beside your page in the portal’s list of channels.', 'vetovoima' ) ),
		'language'     => array( '/^(auto|fi|en|sv)$/', __( 'Choose a language of the list.', 'vetovoima' ) ),
		'minutes'      => array( '/^([1-9]|[1-5][0-9]|60)$/', __( 'Copies are kept for 1 to 60 minutes.', 'vetovoima' ) ),
	);
	foreach ( $forms as $name => list( $form, $sentence ) ) {
		$value = strtolower( trim( $typed[ $name ] ?? (string) $checked[ $name ] ) );
		if ( preg_match( $form, $value ) ) {
			$checked[ $name ] = 'minutes' === $name ? (int) $value : $value;
		} else {
			add_settings_error( 'vetovoima', $name, $sentence );
		}
	}
	$checked['wishes'] = http_build_query( vetovoima_wishes( substr( $typed['wishes'] ?? '', 0, 2000 ) ), '', '&', PHP_QUERY_RFC3986 );
	return $checked;
}

/**
 * This will return the origin of an address, "" for an empty one, or null for one that is none.
 *
 * Without https anybody between the two servers could write into the page; on this machine alone nobody is between.
 *
 * @param string $typed As typed.
 */
function vetovoima_origin( string $typed ): ?string {
	if ( '' === $typed ) {
		return '';
	}
	$parts = wp_parse_url( esc_url_raw( $typed, array( 'https', 'http' ) ) );
	if ( ! is_array( $parts ) || empty( $parts['host'] ) || isset( $parts['user'] ) ) {
		return null;
	}
	$scheme = $parts['scheme'] ?? '';
	if ( 'https' !== $scheme && ! in_array( $parts['host'], array( 'localhost', '127.0.0.1' ), true ) ) {
		return null;
	}
	return $scheme . '://' . strtolower( $parts['host'] ) . ( isset( $parts['port'] ) ? ':' . $parts['port'] : '' );
}

/**
 * This will fetch the offer now, for whoever pressed the button, and go back to the page.
 */
function vetovoima_fetch_now(): void {
	if ( ! current_user_can( 'manage_options' ) ) {
		wp_die( esc_html__( 'You may not change these settings.', 'vetovoima' ), '', array( 'response' => 403 ) );
	}
	check_admin_referer( 'vetovoima_fetch' );
	vetovoima_forget_copies();
	$url = vetovoima_address( array() );
	if ( '' !== $url ) {
		delete_transient( 'vetovoima_rest_' . md5( $url ) );
		vetovoima_offer( $url );
	}
	wp_safe_redirect( admin_url( 'options-general.php?page=vetovoima' ) );
	exit;
}

/**
 * This will show the page.
 */
function vetovoima_settings_page(): void {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	$settings = vetovoima_settings();
	$fields   = array(
		'address'      => array( __( 'Address of the portal', 'vetovoima' ), 'https://…', 'url' ),
		'municipality' => array( __( 'Municipality', 'vetovoima' ), __( 'As in the address of its page on the portal. Left empty: the whole region.', 'vetovoima' ), 'text' ),
		'channel'      => array( __( 'Channel key', 'vetovoima' ), __( 'From the portal’s list of channels; visits and enquiries are then counted for your page. May be empty.', 'vetovoima' ), 'text' ),
		'wishes'       => array( __( 'Only those for which', 'vetovoima' ), __( 'As in the address of a search: kind=plot&min_area=5. May be empty.', 'vetovoima' ), 'text' ),
		'minutes'      => array( __( 'Minutes that a copy is fresh', 'vetovoima' ), __( '1 to 60', 'vetovoima' ), 'number' ),
	);
	echo '<div class="wrap"><h1>Vetovoima</h1><form method="post" action="options.php">';
	settings_fields( 'vetovoima' );
	echo '<table class="form-table" role="presentation">';
	foreach ( $fields as $name => list( $label, $help, $type ) ) {
		printf(
			'<tr><th scope="row"><label for="vetovoima-%1$s">%2$s</label></th><td><input class="regular-text" type="%3$s" id="vetovoima-%1$s" name="vetovoima[%1$s]" value="%4$s" aria-describedby="vetovoima-%1$s-help"><p class="description" id="vetovoima-%1$s-help">%5$s</p></td></tr>',
			esc_attr( $name ),
			esc_html( $label ),
			esc_attr( $type ),
			esc_attr( (string) $settings[ $name ] ),
			esc_html( $help )
		);
	}
	vetovoima_language_row( $settings['language'] );
	echo '</table>';
	submit_button();
	echo '</form>';
	vetovoima_status();
	echo '</div>';
}

/**
 * This will show the choice of language.
 *
 * @param string $chosen auto, fi, en or sv.
 */
function vetovoima_language_row( string $chosen ): void {
	$languages = array(
		'auto' => __( 'That of the page', 'vetovoima' ),
		'fi'   => 'suomi',
		'en'   => 'English',
		'sv'   => 'svenska',
	);
	echo '<tr><th scope="row"><label for="vetovoima-language">' . esc_html__( 'Language', 'vetovoima' ) . '</label></th><td><select id="vetovoima-language" name="vetovoima[language]">';
	foreach ( $languages as $code => $label ) {
		echo '<option value="' . esc_attr( $code ) . '"' . selected( $chosen, $code, false ) . '>' . esc_html( $label ) . '</option>';
	}
	echo '</select></td></tr>';
}

/**
 * This will show how the last fetch ended, how to put the offer into a page, and a button to fetch now.
 */
function vetovoima_status(): void {
	echo '<h2>' . esc_html__( 'State', 'vetovoima' ) . '</h2>';
	$url = vetovoima_address( array() );
	if ( '' === $url ) {
		echo '<p>' . esc_html__( 'Say in Settings → Vetovoima at which portal the offer is.', 'vetovoima' ) . '</p>';
		return;
	}
	$offer = vetovoima_offer( $url );
	$when  = $offer['at'] ? wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $offer['at'] ) : '';
	/* translators: %s: a date and a time. */
	$said = $when ? sprintf( __( 'Fetched last on %s.', 'vetovoima' ), $when ) : __( 'Nothing has been fetched yet.', 'vetovoima' );
	echo '<p>' . esc_html( trim( "$said {$offer['trouble']}" ) ) . '</p>';
	echo '<form method="post" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '"><input type="hidden" name="action" value="vetovoima_fetch">';
	wp_nonce_field( 'vetovoima_fetch' );
	submit_button( __( 'Fetch now', 'vetovoima' ), 'secondary' );
	echo '</form><p>' . esc_html__( 'In a page: the block “Sites and premises (Vetovoima)”, or the shortcode [vetovoima].', 'vetovoima' ) . '</p>';
}
