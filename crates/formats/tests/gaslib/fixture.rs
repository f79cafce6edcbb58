//! An invented network that uses everything the format has.

use linepack_formats::{Diagnostic, Loaded, Selection, read};
use std::fs;
use tempfile::TempDir;

pub(crate) const NET: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- <pipe> in a comment is none -->
<g:network xmlns:g="http://gaslib.zib.de/Gas" xmlns:f="http://gaslib.zib.de/Framework">
  <f:information>
    <f:title>Two entries</f:title>
    <f:type>gas</f:type>
    <f:date>2020-01-02</f:date>
    <f:documentation>Invented for tests.</f:documentation>
  </f:information>
  <f:nodes>
    <g:source id="north" alias="North &amp; sea" x="0" y="1">
      <g:height value="10"/>
      <g:pressureMin unit="bar" value="30"></g:pressureMin>
      <g:pressureMax unit="bar" value="80"/>
      <g:flowMin unit="1000m_cube_per_hour" value="0"/>
      <g:flowMax unit="1000m_cube_per_hour" value="7.2e+2"/>
      <g:gasTemperature unit="Celsius" value="12"/>
      <g:calorificValue unit="MJ_per_m_cube" value="40"/>
      <g:normDensity unit="kg_per_m_cube" value="0.8"/>
      <g:coefficient-A-heatCapacity value="30"/>
      <g:coefficient-B-heatCapacity value="0.01"/>
      <g:coefficient-C-heatCapacity value="0"/>
      <g:molarMass unit="kg_per_kmol" value="18"/>
      <g:pseudocriticalPressure unit="bar" value="46"/>
      <g:pseudocriticalTemperature unit="K" value="195"/>
    </g:source>
    <g:source id="west" geoWGS84Long="7.5" geoWGS84Lat="51.25" x="0" y="1">
      <g:height unit="meter" value="20"/>
      <g:pressureMin unit="barg" value="20"/>
      <g:pressureMax unit="barg" value="70"/>
      <g:flowMin unit="m_cube_per_hour" value="0"/>
      <g:flowMax unit="m_cube_per_s" value="100"/>
      <g:gasTemperature unit="K" value="285.15"/>
      <g:calorificValue unit="MJ_per_m_cube" value="36"/>
      <g:normDensity unit="kg_per_m_cube" value="0.9"/>
      <g:coefficient-A-heatCapacity value="30"/>
      <g:coefficient-B-heatCapacity value="0.01"/>
      <g:coefficient-C-heatCapacity value="0"/>
      <g:molarMass unit="kg_per_kmol" value="20"/>
      <g:pseudocriticalPressure unit="bar" value="44"/>
      <g:pseudocriticalTemperature unit="K" value="205"/>
    </g:source>
    <g:sink id="town">
      <g:height unit="m" value="0"/>
      <g:pressureMin unit="bar" value="0"/>
      <g:pressureMax unit="bar" value="70"/>
      <g:flowMin unit="1000m_cube_per_hour" value="0"/>
      <g:flowMax unit="1000m_cube_per_hour" value="500"/>
    </g:sink>
    <g:sink id="store">
      <g:height unit="m" value="0"/>
      <g:pressureMin unit="bar" value="1.01325"/>
      <g:pressureMax unit="bar" value="70"/>
      <g:flowMin unit="1000m_cube_per_hour" value="-300"/>
      <g:flowMax unit="1000m_cube_per_hour" value="300"/>
    </g:sink>
    <g:innode id="a"><g:height unit="m" value="0"/><g:pressureMin unit="bar" value="1.01325"/><g:pressureMax unit="bar" value="75"/></g:innode>
    <g:innode id="b"><g:height unit="m" value="0"/><g:pressureMin unit="bar" value="1.01325"/><g:pressureMax unit="bar" value="84"/></g:innode>
    <g:innode id="c"><g:height unit="m" value="0"/><g:pressureMin unit="bar" value="1.01325"/><g:pressureMax unit="bar" value="50"/></g:innode>
  </f:nodes>
  <f:connections>
    <g:pipe id="P1" from="north" to="a">
      <g:flowMin unit="1000m_cube_per_hour" value="-1000"/>
      <g:flowMax unit="1000m_cube_per_hour" value="1000"/>
      <g:length unit="km" value="55"/>
      <g:diameter unit="mm" value="500.0"/>
      <g:roughness unit="m" value="1e-5"/>
      <g:pressureMax unit="bar" value="100"/>
      <g:heatTransferCoefficient unit="W_per_m_square_per_K" value="2"/>
      <g:path><g:node geoWGS84Long="7" geoWGS84Lat="51"/><g:node geoWGS84Long="7.5" geoWGS84Lat="51.5"/></g:path>
    </g:pipe>
    <g:pipe id="P2" from="west" to="a">
      <g:flowMin unit="1000m_cube_per_hour" value="-1000"/>
      <g:flowMax unit="1000m_cube_per_hour" value="1000"/>
      <g:length value="12000"/>
      <g:diameter unit="m" value="0.4"/>
      <g:roughness unit="mm" value="0.05"/>
      <g:speedLimit unit="m_per_s" value="20"/>
    </g:pipe>
    <g:pipe id="P3" from="c" to="town">
      <g:flowMin unit="1000m_cube_per_hour" value="-1000"/>
      <g:flowMax unit="1000m_cube_per_hour" value="1000"/>
      <g:length unit="km" value="1"/>
      <g:diameter unit="cm" value="40"/>
      <g:roughness unit="mm" value="0.05"/>
    </g:pipe>
    <g:shortPipe id="S1" from="c" to="store">
      <g:flowMin unit="1000m_cube_per_hour" value="-1000"/>
      <g:flowMax unit="1000m_cube_per_hour" value="1000"/>
    </g:shortPipe>
    <g:resistor id="R1" from="b" to="c">
      <g:flowMin unit="1000m_cube_per_hour" value="-1000"/>
      <g:flowMax unit="1000m_cube_per_hour" value="1000"/>
      <g:dragFactor value="5.5"/>
      <g:diameter unit="mm" value="900"/>
    </g:resistor>
    <g:resistor id="R2" from="b" to="c">
      <g:flowMin unit="1000m_cube_per_hour" value="-1000"/>
      <g:flowMax unit="1000m_cube_per_hour" value="1000"/>
      <g:pressureLoss unit="barg" value="0.5"/>
    </g:resistor>
    <g:valve id="V1" from="a" to="b">
      <g:flowMin unit="1000m_cube_per_hour" value="-1000"/>
      <g:flowMax unit="1000m_cube_per_hour" value="1000"/>
      <g:pressureDifferentialMax unit="bar" value="120"/>
    </g:valve>
    <g:controlValve id="CV1" from="b" to="c" gasPreheaterExisting="0" internalBypassRequired="1">
      <g:flowMin unit="1000m_cube_per_hour" value="0"/>
      <g:flowMax unit="1000m_cube_per_hour" value="1000"/>
      <g:pressureDifferentialMin unit="bar" value="1"/>
      <g:pressureDifferentialMax unit="bar" value="40"/>
      <g:pressureInMin unit="bar" value="21.01325"/>
      <g:pressureOutMax unit="bar" value="60"/>
      <g:pressureLossIn unit="bar" value="0.75"/>
      <g:dragFactorOut value="2"/>
      <g:diameterOut unit="mm" value="600"/>
    </g:controlValve>
    <g:compressorStation id="CS1" from="a" to="b" fuelGasVertex="b" gasCoolerExisting="1" internalBypassRequired="0">
      <g:flowMin unit="1000m_cube_per_hour" value="-50"/>
      <g:flowMax unit="1000m_cube_per_hour" value="1000"/>
      <g:dragFactorIn value="18"/>
      <g:diameterIn unit="m" value="0.9"/>
      <g:pressureLossOut unit="bar" value="0.2"/>
      <g:pressureInMin unit="bar" value="35"/>
      <g:pressureOutMax unit="bar" value="86"/>
    </g:compressorStation>
  </f:connections>
</g:network>
"#;

pub(crate) const SCN: &str = r#"<boundaryValue xmlns="http://gaslib.zib.de/Gas">
  <scenario id="cold day">
    <scenarioProbability value="0.1"/>
    <soilTemperature unit="Celsius" value="5"/>
    <ambientTemperature unit="K" value="268.15"/>
    <node type="entry" id="north">
      <flow bound="both" unit="1000m_cube_per_hour" value="360"/>
      <pressure bound="upper" unit="barg" value="75"/>
    </node>
    <node type="entry" id="west">
      <flow bound="lower" unit="1000m_cube_per_hour" value="36"/>
      <flow bound="upper" unit="1000m_cube_per_hour" value="36"/>
    </node>
    <node type="exit" id="town">
      <flow bound="both" unit="1000m_cube_per_hour" value="432"/>
      <pressure bound="lower" unit="barg" value="20"/>
      <contractPressureMax unit="bar" value="65"/>
    </node>
    <node type="exit" id="store"><flow bound="both" unit="1000m_cube_per_hour" value="-36"/></node>
    <pipe id="P2"><soilTemperature unit="K" value="280"/></pipe>
  </scenario>
</boundaryValue>
"#;

pub(crate) const CS: &str = r#"<compressorStations xmlns="http://gaslib.zib.de/CompressorStations" xmlns:framework="http://gaslib.zib.de/CompressorStations">
  <compressorStation id="CS1">
    <compressors>
      <turboCompressor drive="D1" id="K1">
        <speedMin value="3500" unit="per_min"/>
        <speedMax value="6500" unit="per_min"/>
        <n_isoline_coeff_1 value="6.1"/><n_isoline_coeff_2 value="-0.0292953"/><n_isoline_coeff_3 value="4.29877e-06"/>
        <n_isoline_coeff_4 value="1"/><n_isoline_coeff_5 value="2"/><n_isoline_coeff_6 value="3"/>
        <n_isoline_coeff_7 value="4"/><n_isoline_coeff_8 value="5"/><n_isoline_coeff_9 value="6"/>
        <eta_ad_isoline_coeff_1 value="1"/><eta_ad_isoline_coeff_2 value="2"/><eta_ad_isoline_coeff_3 value="3"/>
        <eta_ad_isoline_coeff_4 value="4"/><eta_ad_isoline_coeff_5 value="5"/><eta_ad_isoline_coeff_6 value="6"/>
        <eta_ad_isoline_coeff_7 value="7"/><eta_ad_isoline_coeff_8 value="8"/><eta_ad_isoline_coeff_9 value="9"/>
        <surgeline_coeff_1 value="1"/><surgeline_coeff_2 value="2"/><surgeline_coeff_3 value="3"/>
        <chokeline_coeff_1 value="4"/><chokeline_coeff_2 value="5"/><chokeline_coeff_3 value="6"/>
        <efficiencyOfChokeline value="0.72"/>
        <surgelineMeasurements>
          <measurement><speed value="4340" unit="per_min"/><adiabaticHead value="41.6" unit="kJ_per_kg"/><volumetricFlowrate value="1.88" unit="m_cube_per_s"/></measurement>
        </surgelineMeasurements>
        <characteristicDiagramMeasurements>
          <adiabaticEfficiency value="0.78">
            <measurement><speed value="4340" unit="per_min"/><adiabaticHead value="41.3" unit="kJ_per_kg"/><volumetricFlowrate value="1.94" unit="m_cube_per_s"/></measurement>
          </adiabaticEfficiency>
        </characteristicDiagramMeasurements>
      </turboCompressor>
      <pistonCompressor drive="D2" id="K2">
        <speedMin value="165" unit="per_min"/><speedMax value="350" unit="per_min"/>
        <operatingVolume value="0.5" unit="m_cube"/><maximalTorque value="1.1" unit="kNm"/>
        <maximalCompressionRatio value="2"/><adiabaticEfficiency value="0.95"/><additionalReductionVolFlow value="0.35"/>
      </pistonCompressor>
    </compressors>
    <drives>
      <electricMotor id="D1">
        <energy_rate_fun_coeff_1 value="1"/><energy_rate_fun_coeff_2 value="2"/><energy_rate_fun_coeff_3 value="3"/>
        <power_fun_coeff_1 value="1"/><power_fun_coeff_2 value="2"/><power_fun_coeff_3 value="3"/>
        <power_fun_coeff_4 value="4"/><power_fun_coeff_5 value="5"/><power_fun_coeff_6 value="6"/>
        <power_fun_coeff_7 value="7"/><power_fun_coeff_8 value="8"/><power_fun_coeff_9 value="9"/>
        <maximalPowerMeasurements>
          <ambientTemperature unit="K" value="268.15"><measurement><speed value="4778" unit="per_min"/><maximalPower value="11.26" unit="MW"/></measurement></ambientTemperature>
        </maximalPowerMeasurements>
      </electricMotor>
      <steamTurbine id="D2" explicit="true">
        <energy_rate_fun_coeff_1 value="1"/><energy_rate_fun_coeff_2 value="2"/><energy_rate_fun_coeff_3 value="3"/>
        <powerMin unit="kW" value="100"/><powerMax unit="kW" value="9000"/>
      </steamTurbine>
    </drives>
    <configurations>
      <configuration confId="both" nrOfSerialStages="2">
        <stage stageNr="2" nrOfParallelUnits="1"><compressor id="K2"/></stage>
        <stage stageNr="1" nrOfParallelUnits="1"><compressor id="K1" nominalSpeed="5200"/></stage>
      </configuration>
    </configurations>
  </compressorStation>
</compressorStations>
"#;

pub(crate) const CDF: &str = r#"<combinedDecisions xmlns="http://gaslib.zib.de/CombinedDecisions">
  <decisionGroup id="G">
    <decision id="compress"><valve id="V1" value="0"/><compressorStation id="CS1" value="1" flowDirection="0"/></decision>
    <decision id="pass"><valve id="V1" value="1" flowDirection="1"/><compressorStation id="CS1" value="0"/></decision>
    <decision id="closed"><valve id="V1" value="0"/><compressorStation id="CS1" value="0"/></decision>
  </decisionGroup>
</combinedDecisions>
"#;

/// Reads the network with files beside it.
pub(crate) fn try_load(net: &str, beside: &[(&str, &str)]) -> Result<Loaded, Vec<Diagnostic>> {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("case.net");
    fs::write(&file, net).expect("writable");
    for (suffix, text) in beside {
        fs::write(folder.path().join(format!("case.{suffix}")), text).expect("writable");
    }
    read(&file, &Selection::default())
}

pub(crate) fn load(net: &str, beside: &[(&str, &str)]) -> Loaded {
    try_load(net, beside).unwrap_or_else(|diagnostics| {
        let shown: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
        panic!("{}", shown.join("\n"))
    })
}
