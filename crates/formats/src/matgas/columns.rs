//! The blocks of the format, and the columns of each in their default order.
//!
//! Source: GasModels.jl, `io/matgas.jl` and the page on the Matgas format in its manual.

/// A kind of block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    /// The field of the struct.
    pub(super) field: &'static str,
    /// Its columns, in default order.
    pub(super) columns: &'static [&'static str],
}

macro_rules! blocks {
    ($($name:ident = $field:literal [$($column:literal)*];)*) => {
        $(pub(super) const $name: Block = Block { field: $field, columns: &[$($column),*] };)*
        /// All blocks that describe elements.
        pub(super) const ALL: &[Block] = &[$($name),*];
    };
}

blocks! {
    JUNCTION = "junction" ["id" "p_min" "p_max" "p_nominal" "junction_type" "status"
        "pipeline_name" "edi_id" "lat" "lon"];
    PIPE = "pipe" ["id" "fr_junction" "to_junction" "diameter" "length" "friction_factor" "p_min"
        "p_max" "status" "is_bidirectional" "pipeline_name" "num_spatial_discretization_points"];
    NE_PIPE = "ne_pipe" ["id" "fr_junction" "to_junction" "diameter" "length" "friction_factor"
        "p_min" "p_max" "status" "construction_cost" "is_bidirectional" "pipeline_name"
        "num_spatial_discretization_points"];
    COMPRESSOR = "compressor" ["id" "fr_junction" "to_junction" "c_ratio_min" "c_ratio_max"
        "power_max" "flow_min" "flow_max" "inlet_p_min" "inlet_p_max" "outlet_p_min" "outlet_p_max"
        "status" "operating_cost" "directionality" "compressor_station_name" "pipeline_name"
        "total_installed_power" "num_compressor_units" "compressor_type" "design_suction_pressure"
        "design_discharge_pressure" "max_compressed_volume" "design_fuel_required"
        "design_electric_power_required" "num_units_for_peak_service" "peak_year"];
    NE_COMPRESSOR = "ne_compressor" ["id" "fr_junction" "to_junction" "c_ratio_min" "c_ratio_max"
        "power_max" "flow_min" "flow_max" "inlet_p_min" "inlet_p_max" "outlet_p_min" "outlet_p_max"
        "status" "construction_cost" "operating_cost" "directionality" "compressor_station_name"
        "pipeline_name" "total_installed_power" "num_compressor_units" "compressor_type"
        "design_suction_pressure" "design_discharge_pressure" "max_compressed_volume"
        "design_fuel_required" "design_electric_power_required" "num_units_for_peak_service"
        "peak_year"];
    SHORT_PIPE = "short_pipe" ["id" "fr_junction" "to_junction" "status" "is_bidirectional"
        "pipeline_name"];
    RESISTOR = "resistor" ["id" "fr_junction" "to_junction" "drag" "diameter" "status"
        "is_bidirectional" "pipeline_name"];
    LOSS_RESISTOR = "loss_resistor" ["id" "fr_junction" "to_junction" "p_loss" "status"
        "is_bidirectional" "pipeline_name"];
    REGULATOR = "regulator" ["id" "fr_junction" "to_junction" "reduction_factor_min"
        "reduction_factor_max" "flow_min" "flow_max" "status" "directionality"
        "discharge_coefficient" "design_flow_rate" "design_inlet_pressure"
        "design_outlet_pressure" "pipeline_name"];
    VALVE = "valve" ["id" "fr_junction" "to_junction" "status" "flow_coefficient" "pipeline_name"];
    RECEIPT = "receipt" ["id" "junction_id" "injection_min" "injection_max" "injection_nominal"
        "is_dispatchable" "status" "offer_price" "name" "company_name" "daily_scheduled_flow"
        "design_capacity" "operating_capacity" "is_firm" "edi_id"];
    DELIVERY = "delivery" ["id" "junction_id" "withdrawal_min" "withdrawal_max"
        "withdrawal_nominal" "is_dispatchable" "status" "bid_price" "name" "company_name"
        "daily_scheduled_flow" "design_capacity" "operating_capacity" "is_firm" "edi_id"];
    TRANSFER = "transfer" ["id" "junction_id" "withdrawal_min" "withdrawal_max"
        "withdrawal_nominal" "is_dispatchable" "status" "bid_price" "offer_price"
        "exchange_point_name" "pipeline_name" "other_pipeline_name" "design_pressure"
        "meter_capacity" "daily_scheduled_flow"];
    STORAGE = "storage" ["id" "junction_id" "pressure_nominal" "flow_injection_rate_min"
        "flow_injection_rate_max" "flow_withdrawal_rate_min" "flow_withdrawal_rate_max" "capacity"
        "status" "name" "owner_name" "storage_type" "daily_withdrawal_max"
        "seasonal_withdrawal_max" "base_gas_capacity" "working_gas_capacity"
        "total_field_capacity" "edi_id"];
}

/// The columns of a storage since its well is described.
const STORAGE_WITH_WELL: &[&str] = &[
    "id",
    "junction_id",
    "well_diameter",
    "well_depth",
    "well_friction_factor",
    "reservoir_p_max",
    "base_gas_capacity",
    "total_field_capacity",
    "initial_field_capacity_percent",
    "reduction_factor_max",
    "c_ratio_max",
    "status",
    "flow_injection_rate_min",
    "flow_injection_rate_max",
    "flow_withdrawal_rate_min",
    "flow_withdrawal_rate_max",
];

/// Names that older files use.
const ALIASES: [(&str, &str); 8] = [
    ("f_junction", "fr_junction"),
    ("t_junction", "to_junction"),
    ("from_junction", "fr_junction"),
    ("junction", "junction_id"),
    ("latitude", "lat"),
    ("longitude", "lon"),
    ("totat_installed_power", "total_installed_power"),
    ("max_compressed_volumne", "max_compressed_volume"),
];

/// Columns that extensions of any block may have and that are read.
const EXTENSIONS: &[&str] = &[
    "elevation",
    "name",
    "flow_min",
    "flow_max",
    "flow_direction",
    "drag",
    "diameter",
];
/// Columns that say nothing about the flow of gas.
const LEFT_OUT: &[&str] = &[
    "priority",
    "price_zone",
    "construction_cost",
    "operating_cost",
    "bid_price",
    "offer_price",
    "comment",
];

/// Whether a column says nothing about the flow of gas.
pub(super) fn is_left_out(column: &str) -> bool {
    LEFT_OUT.contains(&column)
}

impl Block {
    /// The name of a column in this block, as the default order has it; none when it has no such
    /// column.
    pub(super) fn column(&self, name: &str) -> Option<&'static str> {
        let name = ALIASES
            .iter()
            .find(|(alias, _)| *alias == name)
            .map_or(name, |(_, known)| known);
        let well = if self.field == "storage" {
            STORAGE_WITH_WELL
        } else {
            &[]
        };
        let known = self.columns.iter().chain(well);
        let mut known = known.chain(EXTENSIONS).chain(LEFT_OUT);
        known.find(|column| **column == name).copied()
    }
}
