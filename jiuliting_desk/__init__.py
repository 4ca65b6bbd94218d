"""九里 to 行动 结对助老工作台: the offline desk of one sub-district's volunteer-service centre."""

__version__ = "0.1.0"
