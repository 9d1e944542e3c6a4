<?php
/**
 * Removing the plugin removes its settings and every copy, on each site of a network.
 *
 * @package Vetovoima
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/includes/keeping.php';

$vetovoima_sites = is_multisite() ? get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) : array( 0 );
foreach ( $vetovoima_sites as $vetovoima_site ) {
	if ( $vetovoima_site ) {
		switch_to_blog( (int) $vetovoima_site );
	}
	vetovoima_forget_copies();
	delete_option( 'vetovoima' );
	if ( $vetovoima_site ) {
		restore_current_blog();
	}
}
