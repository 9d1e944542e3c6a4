<?php
/**
 * Stands for WordPress: runs our plugin's own code with functions of the same names, for tests. Takes steps as JSON, answers results.
 *
 * It is not WordPress: filters, storage and the HTTP client are written here, as strict as the tests need. Any notice is an error.
 */

declare( strict_types=1 );

set_error_handler( static function ( $level, $text, $file, $line ) {
	if ( error_reporting() & $level ) {
		throw new ErrorException( $text, 0, $level, $file, $line );
	}
	return true;
} );

$input  = json_decode( (string) stream_get_contents( STDIN ), true, 64, JSON_THROW_ON_ERROR );
$plugin = $input['plugin'];
$GLOBALS['wp'] = (object) array(
	'options'    => array(),
	'transients' => array(),
	'actions'    => array(),
	'fired'      => array(),
	'shortcodes' => array(),
	'blocks'     => array(),
	'settings'   => array(),
	'errors'     => array(),
	'rights'     => array(),
	'scripts'    => array(),
	'locale'     => 'en_US',
	'wpml'       => null,
	'nonce'      => false,
);

define( 'ABSPATH', __DIR__ . '/' );

class Stopped extends Exception {}

class WP_Error {
	private string $said;
	public function __construct( string $said ) {
		$this->said = $said;
	}
	public function get_error_message(): string {
		return $this->said;
	}
}

// ---------------------------------------------------------------------------------------------- hooks

function add_action( string $name, callable $what ): void {
	$GLOBALS['wp']->actions[ $name ][] = $what;
}
function do_action( string $name, ...$given ): void {
	$GLOBALS['wp']->fired[] = array( $name, $given );
	foreach ( $GLOBALS['wp']->actions[ $name ] ?? array() as $what ) {
		$what( ...$given );
	}
}
function apply_filters( string $name, $value ) {
	return 'wpml_current_language' === $name ? ( $GLOBALS['wp']->wpml ?? $value ) : $value;
}

// ---------------------------------------------------------------------------------------------- storage

function get_option( string $name, $usual = false ) {
	return $GLOBALS['wp']->options[ $name ] ?? $usual;
}
function update_option( string $name, $value, $autoload = null ): bool {
	$before                            = $GLOBALS['wp']->options[ $name ] ?? null;
	$GLOBALS['wp']->options[ $name ] = $value;
	if ( $before !== $value ) {
		do_action( "update_option_$name", $before, $value );
	}
	return $before !== $value;
}
function delete_option( string $name ): bool {
	unset( $GLOBALS['wp']->options[ $name ] );
	return true;
}
function get_transient( string $name ) {
	$found = $GLOBALS['wp']->transients[ $name ] ?? null;
	return $found && $found['until'] > time() ? $found['value'] : false;
}
function set_transient( string $name, $value, int $seconds ): bool {
	if ( strlen( $name ) > 172 ) {
		throw new LengthException( 'a name of a transient has at most 172 letters' );
	}
	$GLOBALS['wp']->transients[ $name ] = array( 'value' => $value, 'until' => time() + $seconds );
	return true;
}
function delete_transient( string $name ): bool {
	unset( $GLOBALS['wp']->transients[ $name ] );
	return true;
}

// ---------------------------------------------------------------------------------------------- texts

function determine_locale(): string {
	return $GLOBALS['wp']->locale;
}
function load_plugin_textdomain( string $domain, $old, string $folder ): bool {
	$GLOBALS['wp']->texts = dirname( $GLOBALS['plugin'] ) . '/' . $folder;
	return true;
}
function plugin_basename( string $file ): string {
	return basename( dirname( $file ) ) . '/' . basename( $file );
}
function __( string $text, string $domain ): string {
	$file = $GLOBALS['wp']->texts . "/$domain-" . $GLOBALS['wp']->locale . '.l10n.php';
	$said = is_file( $file ) ? ( include $file )['messages'] : array();
	return $said[ $text ] ?? $text;
}
function esc_html__( string $text, string $domain ): string {
	return esc_html( __( $text, $domain ) );
}
function esc_html( string $text ): string {
	return htmlspecialchars( $text, ENT_QUOTES, 'UTF-8', false );
}
function esc_attr( string $text ): string {
	return esc_html( $text );
}
function esc_url( string $url ): string {
	return preg_match( '#^https?://#', $url ) ? str_replace( '&', '&#038;', htmlspecialchars( $url, ENT_QUOTES, 'UTF-8', false ) ) : '';
}
function esc_url_raw( string $url, array $protocols ): string {
	$scheme = strtolower( (string) parse_url( $url, PHP_URL_SCHEME ) );
	return '' === $scheme ? "http://$url" : ( in_array( $scheme, $protocols, true ) ? $url : '' );
}
function sanitize_text_field( string $text ): string {
	return trim( (string) preg_replace( '/[\r\n\t\0 ]+/', ' ', strip_tags( $text ) ) );
}
function wp_parse_url( string $url ) {
	return parse_url( $url );
}
function wp_json_encode( $value ): string {
	return json_encode( $value, JSON_THROW_ON_ERROR );
}
function wp_date( string $form, int $at ): string {
	return gmdate( $form, $at );
}
function selected( string $one, string $other, bool $say ): string {
	return $one === $other ? ' selected="selected"' : '';
}

/** Strict in what it lets through, as the one that it stands for; written on the DOM instead of on text. */
function wp_kses( string $html, array $allowed, array $protocols ): string {
	$page = new DOMDocument();
	libxml_use_internal_errors( true );
	$page->loadHTML( '<?xml encoding="utf-8"?><body>' . $html . '</body>', LIBXML_NOERROR );
	$body = $page->getElementsByTagName( 'body' )->item( 0 );
	clean( $body, $allowed, $protocols );
	$made = '';
	foreach ( $body->childNodes as $child ) {
		$made .= $page->saveHTML( $child );
	}
	return $made;
}
function clean( DOMNode $node, array $allowed, array $protocols ): void {
	foreach ( iterator_to_array( $node->childNodes ) as $child ) {
		if ( $child instanceof DOMComment || $child instanceof DOMProcessingInstruction ) {
			$node->removeChild( $child );
			continue;
		}
		if ( ! $child instanceof DOMElement ) {
			continue;
		}
		clean( $child, $allowed, $protocols );
		if ( ! isset( $allowed[ $child->tagName ] ) ) {
			while ( $child->firstChild ) {
				$node->insertBefore( $child->firstChild, $child );
			}
			$node->removeChild( $child );
			continue;
		}
		foreach ( iterator_to_array( $child->attributes ) as $one ) {
			$let = isset( $allowed[ $child->tagName ][ $one->name ] ) || ( 0 === strpos( $one->name, 'data-' ) && isset( $allowed[ $child->tagName ]['data-*'] ) );
			$bad = in_array( $one->name, array( 'href', 'src', 'action' ), true ) && preg_match( '/^\s*([a-z][a-z0-9+.-]*):/i', $one->value, $found ) && ! in_array( strtolower( $found[1] ), $protocols, true );
			$rule = $allowed[ $child->tagName ][ $one->name ] ?? true;
			$bad  = $bad || ( is_array( $rule ) && ! in_array( $one->value, $rule['values'], true ) );
			if ( ! $let || $bad ) {
				$child->removeAttribute( $one->name );
			}
		}
	}
}

// ---------------------------------------------------------------------------------------------- the web

function is_wp_error( $thing ): bool {
	return $thing instanceof WP_Error;
}

/** A real request, with the bounds that the plugin names: the whole time, the size, no redirect. */
function wp_safe_remote_get( string $url, array $given ) {
	if ( 0 !== $given['redirection'] ) {
		throw new LogicException( 'redirects would be followed' );
	}
	$lines = array( 'User-Agent: ' . $given['user-agent'] );
	foreach ( $given['headers'] as $name => $value ) {
		$lines[] = "$name: $value";
	}
	$context = stream_context_create( array( 'http' => array( 'header' => $lines, 'timeout' => $given['timeout'], 'follow_location' => 0, 'ignore_errors' => true ) ) );
	$until   = microtime( true ) + $given['timeout'];
	$stream  = @fopen( $url, 'rb', false, $context );
	if ( ! $stream ) {
		return new WP_Error( 'no connection' );
	}
	$head = stream_get_meta_data( $stream )['wrapper_data'];
	$body = '';
	stream_set_timeout( $stream, 1 );
	while ( ! feof( $stream ) && strlen( $body ) < $given['limit_response_size'] ) {
		$body .= (string) fread( $stream, 8192 );
		if ( microtime( true ) > $until ) {
			return new WP_Error( 'timed out' );
		}
	}
	fclose( $stream );
	$headers = array();
	foreach ( array_slice( $head, 1 ) as $line ) {
		list( $name, $value )              = explode( ':', $line, 2 );
		$headers[ strtolower( $name ) ] = trim( $value );
	}
	return array( 'code' => (int) explode( ' ', $head[0] )[1], 'headers' => $headers, 'body' => substr( $body, 0, $given['limit_response_size'] ) );
}
function wp_remote_retrieve_response_code( array $answer ): int {
	return $answer['code'];
}
function wp_remote_retrieve_body( array $answer ): string {
	return $answer['body'];
}
function wp_remote_retrieve_header( array $answer, string $name ): string {
	return $answer['headers'][ $name ] ?? '';
}

// ---------------------------------------------------------------------------------------------- pages

function add_shortcode( string $name, callable $what ): void {
	$GLOBALS['wp']->shortcodes[ $name ] = $what;
}
function shortcode_atts( array $usual, array $given, string $name ): array {
	return array_intersect_key( $given, $usual ) + $usual;
}
function register_block_type( string $folder, array $given ): void {
	$about  = json_decode( (string) file_get_contents( "$folder/block.json" ), true, 16, JSON_THROW_ON_ERROR );
	$script = $folder . '/' . substr( $about['editorScript'], strlen( 'file:./' ) );
	$needs  = include str_replace( '.js', '.asset.php', $script );
	if ( ! is_file( $script ) || ! $needs['dependencies'] ) {
		throw new LogicException( 'the script of the block is not there' );
	}
	$GLOBALS['wp']->blocks[ $about['name'] ] = array( 'about' => $about, 'render' => $given['render_callback'] );
}
function get_block_wrapper_attributes( array $more ): string {
	return 'class="wp-block-vetovoima-sites ' . esc_attr( $more['class'] ) . '"';
}
function wp_add_inline_script( string $handle, string $code, string $where ): void {
	$GLOBALS['wp']->scripts[ $handle ] = $code;
}
function current_user_can( string $right ): bool {
	return in_array( $right, $GLOBALS['wp']->rights, true );
}
function add_options_page( string $title, string $name, string $right, string $slug, callable $what ): void {
	$GLOBALS['wp']->page = array( $right, $what );
}
function register_setting( string $group, string $name, array $about ): void {
	$GLOBALS['wp']->settings[ $name ] = $about;
}
function settings_fields( string $group ): void {
	echo "<input type=\"hidden\" name=\"_wpnonce\" value=\"$group\">";
}
function wp_nonce_field( string $name ): void {
	settings_fields( $name );
}
function submit_button( string $text = 'Save', string $kind = 'primary' ): void {
	echo '<input type="submit" value="' . esc_attr( $text ) . '">';
}
function add_settings_error( string $name, string $code, string $sentence ): void {
	$GLOBALS['wp']->errors[ $code ] = $sentence;
}
function admin_url( string $path ): string {
	return "https://town.example/wp-admin/$path";
}
function check_admin_referer( string $name ): void {
	if ( ! $GLOBALS['wp']->nonce ) {
		throw new Stopped( 'no nonce' );
	}
}
function wp_die( string $text, string $title, array $given ): void {
	throw new Stopped( $given['response'] . " $text" );
}
function wp_safe_redirect( string $url ): void {
	throw new Stopped( "to $url" );
}
function is_multisite(): bool {
	return false;
}

// ---------------------------------------------------------------------------------------------- steps

/** What stands for a night: everything that was kept is that much older. */
function later( int $seconds ): void {
	foreach ( $GLOBALS['wp']->transients as &$one ) {
		$one['until'] -= $seconds;
	}
	foreach ( $GLOBALS['wp']->options as $name => &$value ) {
		if ( 0 === strpos( $name, 'vetovoima_copy_' ) ) {
			$value['at'] -= $seconds;
		}
	}
}
function caught( callable $what ): string {
	try {
		$what();
		return '';
	} catch ( Stopped $stopped ) {
		return $stopped->getMessage();
	}
}
function printed( callable $what ): string {
	ob_start();
	$what();
	return (string) ob_get_clean();
}

/** @return mixed */
function step( array $step ) {
	$wp = $GLOBALS['wp'];
	switch ( $step['do'] ) {
		case 'set':
			foreach ( $step['values'] as $name => $value ) {
				$wp->$name = $value;
			}
			return null;
		case 'option':
			return update_option( 'vetovoima', $step['value'] );
		case 'shortcode':
			return ( $wp->shortcodes['vetovoima'] )( $step['attributes'] );
		case 'block':
			return ( $wp->blocks['vetovoima/sites']['render'] )( $step['attributes'] );
		case 'later':
			return later( $step['seconds'] );
		case 'check':
			$wp->errors = array();
			return array( ( $wp->settings['vetovoima']['sanitize_callback'] )( $step['typed'] ), $wp->errors );
		case 'page':
			return array( $wp->page[0], printed( $wp->page[1] ) );
		case 'fetch_now':
			return caught( $wp->actions['admin_post_vetovoima_fetch'][0] );
		case 'names':
			do_action( 'enqueue_block_editor_assets' );
			return $wp->scripts;
		case 'fired':
			return $wp->fired;
		case 'kept':
			return array( array_keys( $wp->options ), array_keys( $wp->transients ) );
		case 'filter':
			return vetovoima_filtered( $step['html'] );
		case 'polylang':
			eval( 'function pll_current_language( $form ) { return $GLOBALS["wp"]->polylang; }' );
			$wp->polylang = $step['language'];
			return null;
		case 'uninstall':
			define( 'WP_UNINSTALL_PLUGIN', 'vetovoima/vetovoima.php' );
			include $GLOBALS['plugin'] . '/uninstall.php';
			return null;
	}
	throw new LogicException( "no such step: {$step['do']}" );
}

require $plugin . '/vetovoima.php';
do_action( 'init' );
do_action( 'admin_menu' );
do_action( 'admin_init' );
echo json_encode( array_map( 'step', $input['steps'] ), JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE );
