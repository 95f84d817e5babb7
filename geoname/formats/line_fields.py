"""What columns of line and marker files are called (界线、界桩字段), by the field that they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Headings = Mapping[str, Sequence[str]]

LINE_HEADINGS: Headings = {
    "name": ("界线名称", "线名", "名称", "jxmc", "name", "line_name"),
    "code": ("界线代码", "线号", "代码", "jxdm", "code", "line_code"),
    "side_a": ("甲方代码", "a方代码", "区划代码1", "左侧代码", "side_a", "code_a"),
    "side_b": ("乙方代码", "b方代码", "区划代码2", "右侧代码", "side_b", "code_b"),
    "side_a_name": ("甲方", "a方", "甲方名称", "side_a_name"),
    "side_b_name": ("乙方", "b方", "乙方名称", "side_b_name"),
    "start": ("起点", "qd", "start"),
    "end": ("终点", "zd", "end"),
    "approval": ("批复", "批准文件", "协议书批复", "批复文号", "approval"),
    "approved_on": ("批准日期", "批复日期", "批准时间", "approved_on"),
    "agreement": ("协议书", "勘界协议", "agreement"),
    "length_km": ("长度（千米）", "长度(千米)", "长度(km)", "长度（公里）", "长度", "length_km"),
    "length_m": ("长度（米）", "长度(米)", "length_m"),
    "single_markers": ("单立颗数", "单立", "single_markers"),
    "double_markers": ("双立颗数", "双立", "double_markers"),
    "triple_markers": ("三立颗数", "三立", "triple_markers"),
    "tripoints": ("三交点", "tripoints"),
    "disputed": ("是否争议", "争议", "disputed"),
    "last_inspected": ("上次联检", "最近联检", "联检日期", "last_inspected"),
    "note": ("备注", "bz", "note"),
    "generated": ("模拟数据", "generated"),
}
LINE_NEEDED = (("side_a", "side_a_name", "code"), ("side_b", "side_b_name", "code"))
"""Of each group one field at least must be there."""
MARKER_HEADINGS: Headings = {
    "number": ("界桩编号", "界桩号", "桩号", "编号", "jzbh", "number"),
    "line": ("界线标识", "界线代码", "界线名称", "所属界线", "jxdm", "line", "line_id"),
    "also_on": ("相关界线", "also_on"),
    "sides": ("所在区划", "区划代码", "sides"),
    "faces": ("面数", "类型面数", "faces"),
    "standing": ("立桩方式", "界桩类型", "类型", "standing"),
    "material": ("材质", "材料", "material"),
    "x": ("横坐标", "东坐标", "经度", "东经", "lon", "longitude", "l", "x"),
    "y": ("纵坐标", "北坐标", "纬度", "北纬", "lat", "latitude", "b", "y"),
    "crs": ("坐标系", "坐标基准", "crs", "datum"),
    "height_m": ("高程", "高程（米）", "h", "height", "height_m"),
    "height_datum": ("高程基准", "height_datum"),
    "error_m": ("点位中误差", "中误差", "error_m"),
    "method": ("测量方法", "method"),
    "location": ("位置描述", "位置说明", "位置", "location"),
    "reference1": ("方位物1", "方位物1名称", "reference1"),
    "azimuth1": ("方位角1", "方位物1方位角", "azimuth1"),
    "distance1": ("距离1", "方位物1距离", "distance1"),
    "reference2": ("方位物2", "方位物2名称", "reference2"),
    "azimuth2": ("方位角2", "方位物2方位角", "azimuth2"),
    "distance2": ("距离2", "方位物2距离", "distance2"),
    "reference3": ("方位物3", "方位物3名称", "reference3"),
    "azimuth3": ("方位角3", "方位物3方位角", "azimuth3"),
    "distance3": ("距离3", "方位物3距离", "distance3"),
    "reference4": ("方位物4", "方位物4名称", "reference4"),
    "azimuth4": ("方位角4", "方位物4方位角", "azimuth4"),
    "distance4": ("距离4", "方位物4距离", "distance4"),
    "responsible_side": ("责任方", "管理责任方", "责任方代码", "responsible_side"),
    "custodian": ("托管员", "托管人", "托管单位", "custodian"),
    "photographs": ("照片", "photographs"),
    "state": ("状态", "现状", "界桩状态", "state"),
    "state_on": ("状态日期", "检查日期", "state_on"),
    "erected_on": ("埋设日期", "埋设时间", "设立日期", "erected_on"),
    "note": ("备注", "bz", "note"),
    "generated": ("模拟数据", "generated"),
}
MARKER_NEEDED = (("number",),)
"""As `LINE_NEEDED`."""
