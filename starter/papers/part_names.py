"""What the parts of a unit and of a person are called."""

PARTS: dict[str, tuple[str, str]] = {
    "code": ("code", "代码"),
    "kind": ("kind", "类型"),
    "region": ("region", "地区"),
    "name_zh": ("name in Chinese", "中文名称"),
    "name_en": ("name in English", "英文名称"),
    "name": ("name", "姓名"),
    "person": ("registered id", "登记编号"),
    "unit": ("unit", "单位"),
    "post": ("post", "职务"),
    "title": ("professional title", "职称"),
    "degree": ("degree", "学历学位"),
    "major": ("major", "专业"),
    "born": ("month of birth", "出生年月"),
    "phone": ("telephone", "电话"),
    "mail": ("mail", "电子邮箱"),
}
"""In English and Chinese; in a form as in a table each stands by itself."""
