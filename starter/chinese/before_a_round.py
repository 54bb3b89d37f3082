"""The help of person and rules: English -> Chinese."""

SENTENCES: dict[str, str] = {
    "Register people; erase a person's data.": "登记人员；清除个人信息。",
    "Register one person, or replace a registration: the latest one counts.": (
        "登记一人，或重新登记；以最近一次登记为准。"
    ),
    "An id that does not reveal the name.": "人员编号，不得含姓名。",
    "The real name.": "真实姓名。",
    "Where notifications go.": "接收通知的邮箱。",
    "A declared tie: relative, adviser or project, then =UNIT or =@PERSON; may be repeated.": (
        "申明的利益关系：relative、adviser 或 project，后接 =单位代码 或 =@人员编号；可重复。"
    ),
    "ROLE, or ROLE=UNIT,UNIT; may be repeated.": "身份，或 身份=单位,单位；可重复。",
    "The employer's unified social credit code.": "所在单位的统一社会信用代码。",
    "The employer's name.": "所在单位名称。",
    "zh or en: the language of mails.": "zh 或 en：通知邮件的语言。",
    "Some act for a recommending unit: why they change, a text or @FILE. Two administrators sign.": (
        "其中有人为推荐单位的推荐人员：变更理由，文本或 @文件；由两名管理员签名。"
    ),
    "Why it is registered so, a text or @FILE: what is put right with a reason, within the days of a round's rules,"
    " binds nobody in it.": (
        "登记理由，文本或 @文件：在本轮规则所定天数内说明理由予以更正的登记内容，不作为该轮回避依据。"
    ),
    "Some have or get a role of the staff; two administrators sign.": (
        "其中有人现有或将有工作人员身份；由两名管理员签名。"
    ),
    "Register many people at once; if one entry is wrong, each fault is shown and nobody is registered.": (
        "批量登记；有一条不符合要求，则列出各处错误，全部不予登记。"
    ),
    "Importing the same sheet again changes nothing: its command id is made from the file's content and the sheet's "
    "name unless one is given.": "重复导入同一工作表不会产生变化：未指定操作编号时，编号由文件内容和工作表名称得出。",
    "The sheet to read; default: the first that is not hidden.": "要读取的工作表；默认为首个未隐藏的工作表。",
    "Where a copy goes with each fault marked, if there are any.": "如有错误，标出各处错误的副本写入此处。",
    "Write an empty table of people to fill in, with what belongs in each column.": (
        "写出待填写的空白人员表，并说明各列的填写内容。"
    ),
    "The file to write: XLSX, or CSV where its name ends so.": "要写入的文件：XLSX；文件名以 .csv 结尾时为 CSV。",
    "A YAML or JSON file is a list with the same fields, where name, mail and employer_name are under identity.": (
        "YAML 或 JSON 文件为同样内容的列表，其中 name、mail 和 employer_name 置于 identity 之下。"
    ),
    "People as XLSX, CSV, YAML or JSON.": "人员名册（XLSX、CSV、YAML 或 JSON）。",
    "Only check the file; register nobody.": "只检查，不登记。",
    "List who is registered, without names and addresses.": "列出已登记人员，不含姓名和邮箱。",
    "Only people with this role.": "只列出具有该身份的人员。",
    "Erase a person's name and address, what they wrote on their own behalf, and what was written about them.": (
        "清除一人的姓名、邮箱、以本人名义所写的内容，以及针对本人所写的内容。"
    ),
    "Ids, scores and times stay in the log, which holds salted hashes of the rest and can still be verified. "
    "What was written in an official role stays, and so do the documents of a host unit. Erasing cannot be "
    "undone. Mails already sent, log files and copies of the database are not covered.": (
        "编号、分数和时间保留在日志中；日志只存其余内容的加盐哈希，清除后仍可核验。"
        "因公务所写的内容和依托单位的材料保留。清除后不可恢复。已发出的邮件、运行日志和数据库备份不在清除之列"
        "。"
    ),
    "The person's id.": "人员编号。",
    "The reason, without names: a text or @FILE.": "理由，不得含姓名：文本或 @文件。",
    "Erase even if the person still has open duties.": "即使仍有未办结的职责。",
    "Erase without asking for confirmation.": "清除前不再询问。",
    "Show what would be erased; erase nothing.": "只显示将清除的内容，不清除。",
    "The register of units: list, show, import.": "单位登记：列表、查看、导入。",
    "Register units from a table, or register them anew; if one row is wrong, each fault is shown, and no unit is.": (
        "按表格登记单位，或重新登记；有一行不符合要求，则列出各处错误，全部不予登记。"
    ),
    "What would change is shown first and signed together. Rows that change nothing are passed over, and a column "
    "that the table lacks changes nothing. --command-id is not used.": (
        "先显示变动，再一并签名。与登记相同的不再登记；表中没有的列保持原值。不使用 --command-id。"
    ),
    "Units, as XLSX or CSV.": "单位表（XLSX 或 CSV）。",
    "Only check and show what would be registered.": "只检查并显示将登记的内容。",
    "Write an empty table of units to fill in, with what belongs in each column.": (
        "写出待填写的空白单位表，并说明各列的填写内容。"
    ),
    "List the registered units.": "列出已登记的单位。",
    "Only units of this kind.": "只列出该类型的单位。",
    "A file to write instead, .xlsx, .csv or .json; `unit import` reads the first two.": (
        "改为写入文件：.xlsx、.csv 或 .json；前两种可由 `unit import` 读取。"
    ),
    "Show a unit: its names, what it belongs to and what belongs to it, and what was registered of it before.": (
        "显示一个单位：名称、上级和下级单位，以及历次登记内容。"
    ),
    "The unit's code, however it is spelt.": "单位代码，写法不限。",
    "Check a rules file, write its forms as schemas, or compare two.": "检查规则文件；导出表单模式；比较两份规则。",
    "Write a form of the rules as JSON Schema 2020-12, for other systems that fill it in or check it.": (
        "将规则中的表单导出为 JSON Schema 2020-12，供其他系统填写或校验。"
    ),
    "application, opinion, review, survey, appraisal or objection.": (
        "application（申报）、opinion（推荐意见）、review（评审）、survey（实勘）、appraisal（论证）或 "
        "objection（异议）。"
    ),
    "List every error in a rules file with its line, or show the hash that would be sealed and the people it takes.": (
        "列出规则文件的全部问题及所在行；无误时显示将封存的哈希及所需人数。"
    ),
    "Count the people for this number of applications; default: one for each place.": (
        "按此申报数计算所需人数；默认每个名额一项申报。"
    ),
    "A rules file (YAML).": "规则文件（YAML）。",
    "Show each difference with the value before and after.": "逐处列出改动及改动前后的取值。",
    "The rules after the change.": "改动后的规则文件。",
}
