<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|MapTips|Temporal">
  <temporal enabled="1" mode="{time}" startField="{start}" endField="{end}" fixedDuration="0" durationUnit="d" durationField="" accumulate="0" limitMode="0">
    <fixedRange>
      <start></start>
      <end></end>
    </fixedRange>
  </temporal>
  <renderer-v2 type="singleSymbol" symbollevels="0" forceraster="0" enableorderby="0">
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="style" value="solid"/>
            <Option type="QString" name="color" value="194,87,26,40"/>
            <Option type="QString" name="outline_style" value="solid"/>
            <Option type="QString" name="outline_color" value="194,87,26,255"/>
            <Option type="QString" name="outline_width" value="0.4"/>
            <Option type="QString" name="outline_width_unit" value="MM"/>
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <mapTip><![CDATA[<b>[% replace(coalesce(coalesce(attribute('text'), attribute('name')), ''), map('&', '&amp;', '<', '&lt;')) %]</b> [% replace(coalesce(attribute('country'), ''), map('&', '&amp;', '<', '&lt;')) %]<br>[% replace(coalesce(coalesce(attribute('sentence'), attribute('titles'), attribute('places')), ''), map('&', '&amp;', '<', '&lt;')) %]<br><i>[% replace(coalesce(attribute('title'), ''), map('&', '&amp;', '<', '&lt;')) %]</i> [% coalesce(format_date(attribute('date'), 'yyyy-MM-dd'), '') %]]]></mapTip>
  <layerGeometryType>2</layerGeometryType>
</qgis>
