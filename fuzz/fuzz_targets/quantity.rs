//! Any text as a quantity, a flow, a column header: a finite number or an error with a message.

#![no_main]

use libfuzzer_sys::fuzz_target;
use linepack_units::{
    Context, Dimension, FlowRate, UnitError, column_header, format_number, parse, parse_flow,
};

fn explained(error: &UnitError) {
    assert!(!error.to_string().is_empty());
    assert_ne!(error.help().as_deref(), Some(""));
}

fuzz_target!(|text: &str| {
    let context = Context::default();
    for dimension in Dimension::ALL {
        match parse(text, dimension, &context) {
            Ok(value) => assert!(value.is_finite()),
            Err(error) => explained(&error),
        }
    }
    match parse_flow(text, &context) {
        Ok(FlowRate::Mass { kg_per_s: size })
        | Ok(FlowRate::Volume { m3_per_s: size, .. })
        | Ok(FlowRate::Energy { watt: size, .. }) => {
            assert!(size.is_finite());
            assert!(!format_number(size, 3).is_empty());
        }
        Err(error) => explained(&error),
    }
    if let Err(error) = column_header(text) {
        explained(&error);
    }
});
