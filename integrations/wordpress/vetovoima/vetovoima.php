<?php
/**
 * Plugin Name:       Vetovoima
 * Description:       A municipality's published sites and premises on its own pages: fetched by this server, kept for some minutes, without script or cookies.
 * Version:           1.0.0
 * Requires at least: 6.5
 * Requires PHP:      7.4
 * Author:            the Vetovoima contributors
 * License:           EUPL-1.2
 * License URI:       https://eupl.eu/1.2/en/
 * Text Domain:       vetovoima
 * Domain Path:       /languages
 *
 * EUPL 1.2 names the GNU GPL, versions 2 and 3, among its compatible licences (article 5 and appendix): together with
 * WordPress this plugin may be handed on under the GPL.
 *
 * @package Vetovoima
 */

defined( 'ABSPATH' ) || exit;

define( 'VETOVOIMA_FILE', __FILE__ );
define( 'VETOVOIMA_VERSION', '1.0.0' );

require_once __DIR__ . '/includes/asking.php';
require_once __DIR__ . '/includes/keeping.php';
require_once __DIR__ . '/includes/showing.php';
require_once __DIR__ . '/includes/settings.php';

add_action( 'init', 'vetovoima_begin' );
add_action( 'enqueue_block_editor_assets', 'vetovoima_name_controls' );
add_action( 'admin_menu', 'vetovoima_add_page' );
add_action( 'admin_init', 'vetovoima_register_settings' );
add_action( 'admin_post_vetovoima_fetch', 'vetovoima_fetch_now' );
add_action( 'update_option_vetovoima', 'vetovoima_forget_copies' );

/**
 * This will make the shortcode and the block known, and where the texts are.
 */
function vetovoima_begin(): void {
	load_plugin_textdomain( 'vetovoima', false, dirname( plugin_basename( VETOVOIMA_FILE ) ) . '/languages' );
	add_shortcode( 'vetovoima', 'vetovoima_shortcode' );
	register_block_type( __DIR__ . '/block', array( 'render_callback' => 'vetovoima_block' ) );
}
