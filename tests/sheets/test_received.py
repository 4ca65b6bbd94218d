"""What committees send beside plain lists: signs, headers in two languages, rows filled in beforehand."""

import pytest

from tests.sheets.sheets_by_hand import codes, filled, one_table


@pytest.mark.parametrize("above", [True, False])
def test_signs_at_names_are_what_the_legend_says(above: bool) -> None:
    legend = ["说明：★独居老人  带▲的为行动不便  ◆党员"]
    rows = [
        ["姓名", "电话"],
        ["苗芬★▲", "10016215129"],
        ["◆孔辉", "10057796333"],
        ["尤芳※", "10057796334"],
        ["张●●", "10057796335"],
    ]
    table = one_table([legend, *rows] if above else [*rows, legend])
    told = [(row.get("name"), row.get("tags"), row.get("notes")) for row in filled(table)]
    assert told == [
        ("苗芬", ("独居", "行动不便"), None),
        ("孔辉", None, "党员"),
        ("尤芳", None, "※"),
        ("张●●", None, None),
    ]
    assert codes(table)[:3] == [["cell_split"]] * 3
