"""The page 导入导出: a wizard of four steps for workbooks that come in, and the lists that go out."""

from jiuliting_desk.ui.pages.importing.page import ImportPage

__all__ = ["ImportPage"]
