<?php
/**
 * What the block's script needs of WordPress; there is no build step that would write this.
 *
 * @package Vetovoima
 */

return array(
	'dependencies' => array( 'wp-block-editor', 'wp-blocks', 'wp-components', 'wp-element', 'wp-server-side-render' ),
	'version'      => '1.0.0',
);
