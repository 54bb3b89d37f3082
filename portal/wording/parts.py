"""How the parts of the installation do."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("How the system is doing", "系统运行状况"),
    "fine-all": ("Everything that can be seen from here is in order.", "从此处可查看的各项均正常。"),
    "off": (
        "{count:part is|parts are} not in order. Tell whoever runs the servers; what mends it stands beside it.",
        "有 {count} 项异常。请告知运维人员，处理办法见相应项目。",
    ),
    "lead": (
        "This is what the portal can tell. Disk, passwords, mail and the streams one by one are looked at beside the "
        "servers, by the command selection doctor.",
        "以下为门户可查明的情况。磁盘、密码文件、邮件及各条流的核对，须在服务器上运行 selection doctor。",
    ),
    "part": ("Part", "项目"),
    "state": ("State", "状态"),
    "found": ("What was found", "查看结果"),
    "fine": ("in order", "正常"),
    "wrong": ("not in order", "异常"),
    "again": ("Look again", "重新查看"),
    "postgres": ("Database", "数据库"),
    "migrations": ("Database schema", "数据库结构"),
    "clock": ("Clock of the database", "数据库时钟"),
    "locks": ("Sessions that hold up others", "阻塞其他会话的会话"),
    "temporal": ("Workflow server", "流程服务器"),
    "temporal-clock": ("Clock of the workflow server", "流程服务器时钟"),
    "retention": ("How long histories are kept", "流程历史保留期"),
    "projections": ("Lists and tasks", "列表与任务"),
    "search-attributes": ("Index of the workflows", "流程索引"),
    "worker": ("Workers, which decide on acts", "办理操作的工作进程"),
    "workflow-tasks": ("Workflows that fail again and again", "反复失败的流程"),
    "signer": ("Signing of the record", "记录签署"),
    "plaintext": ("Connections without encryption", "未加密的连接"),
}
