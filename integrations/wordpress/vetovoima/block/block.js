/**
 * The block in the editor: three fields, and a preview that the server renders. Written as it is shipped.
 */
( function ( wp ) {
	const element = wp.element.createElement;
	const names = window.vetovoimaNames || {};
	const Preview = wp.serverSideRender.ServerSideRender || wp.serverSideRender;

	function field( Kind, props, name, more ) {
		return element(
			Kind,
			Object.assign(
				{
					key: name,
					value: props.attributes[ name ],
					onChange: ( value ) => props.setAttributes( { [ name ]: value } ),
					__nextHasNoMarginBottom: true,
					__next40pxDefaultSize: true,
				},
				more
			)
		);
	}

	function Edit( props ) {
		const { TextControl, SelectControl, PanelBody, Disabled } = wp.components;
		const languages = [
			{ value: '', label: names.ofPage },
			{ value: 'fi', label: 'suomi' },
			{ value: 'en', label: 'English' },
			{ value: 'sv', label: 'svenska' },
		];
		const fields = [
			field( TextControl, props, 'municipality', { label: names.municipality, help: names.asSettings } ),
			field( SelectControl, props, 'lang', { label: names.language, options: languages } ),
			field( TextControl, props, 'wishes', { label: names.wishes, placeholder: 'kind=plot&min_area=5' } ),
		];
		return element(
			'div',
			wp.blockEditor.useBlockProps(),
			element( wp.blockEditor.InspectorControls, null, element( PanelBody, { title: names.title }, fields ) ),
			element( Disabled, null, element( Preview, { block: 'vetovoima/sites', attributes: props.attributes } ) )
		);
	}

	wp.blocks.registerBlockType( 'vetovoima/sites', { edit: Edit, save: () => null } );
} )( window.wp );
