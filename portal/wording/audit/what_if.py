"""The what-if page, and why a simulation or a replay was not made."""

WORDS: dict[str, tuple[str, str]] = {
    "assume": ("What to assume", "假设"),
    "assume-help": (
        "A field that is left empty stays as sealed. The address of the page that follows holds all of this, so that "
        "it can be sent as a link.",
        "留空的项目按封存的规则。结果页的地址包含以下全部设定，可作为链接发送。",
    ),
    "weights": ("Weights", "权重"),
    "weights-help": (
        "Weights that are not named share what is left, in their proportion.",
        "未填写的各项按原比例分配余下权重。",
    ),
    "values": ("Limits", "限额"),
    "sealed": ("Sealed: {value}", "封存值：{value}"),
    "sealed-none": ("Not set by the rules", "规则未设定"),
    "value-places": ("Places", "名额"),
    "value-factor": ("Shortlist, as a multiple of the places", "入围规模（名额的倍数）"),
    "value-valid": ("Valid scores that an application needs", "所需有效评分数"),
    "value-trim": ("Totals dropped at each end", "两端各去掉的总分数"),
    "value-trim-from": ("Valid scores from which totals are dropped", "达到多少有效评分时去掉两端"),
    "without": ("Without the reviews of", "去掉以下评审专家的意见"),
    "without-help": ("Ids of experts, separated by commas.", "专家编号，以逗号分隔。"),
    "shaken": ("How firmly the list stands", "名单的稳定性"),
    "runs": ("Random sets of weights to try", "随机权重组数"),
    "spread": ("Largest variation of each weight, in percent", "各权重最大浮动（%）"),
    "seed": ("Seed: the same one gives the same sets", "种子：相同种子得到相同权重组"),
    "run": ("Simulate", "开始推演"),
    "clear": ("As sealed", "恢复封存值"),
    "result": ("Result of the simulation", "推演结果"),
    "scroll": ("Chart or table {number}; scroll sideways", "图表 {number}，可横向滚动"),
    "whole": ("Enter a whole number.", "请填写整数。"),
    "whole-between": (
        "Enter a whole number from {least} to {most}.",
        "请填写 {least} 至 {most} 之间的整数。",
    ),
    "failed-nothing-to-simulate": (
        "The copy holds no shortlist yet, so there are no ranks that could have been others.",
        "副本中尚无入围名单，因此没有可供推演的排名。",
    ),
    "failed-not-reproduced": (
        "The record does not lead to its own result, so nothing is simulated on it. Look at the verification report.",
        "按记录无法得出其自身结果，因此不作推演。请查看核验报告。",
    ),
    "failed-unknown-reviewer": (
        "{person} reviewed nothing in this round. Give the id of an expert who did.",
        "{person} 未评审本轮次的任何申报。请填写评审专家的编号。",
    ),
    "failed-too-many-places": (
        "{places} places are more than were sealed, and more than the {count} applications. Enter fewer.",
        "{places} 个名额多于封存值，也多于 {count} 项申报。请减少名额。",
    ),
    "failed-assumption-unfit": ("These values do not fit together.", "所设各值不能并存。"),
    "failed-not-in-record": (
        "The copy holds nothing of it: it was begun later. Make a new copy.",
        "副本中没有该对象的内容：其在副本生成之后才开始。请重新生成副本。",
    ),
    "failed-broken-before": (
        "The record cannot be followed as far as this application. Look at the verification report.",
        "记录在到达该申报之前已无法回放。请查看核验报告。",
    ),
}
