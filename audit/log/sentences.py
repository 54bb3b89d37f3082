"""What is claimed of logs, checkpoints and time stamps, and what can be found instead."""

from audit.claims import Sentences

CLAIMS: Sentences = {
    "entries-whole": (
        "Every entry of the log is in the exact required form, and none is missing from the sequence.",
        "日志的每一条目书写规范，序号连续，无缺漏。",
    ),
    "streams-whole": (
        "The events of each case are numbered without a gap, and each number is used once.",
        "每一事项的事件编号连续，且不重复。",
    ),
    "origins-known": (
        "Every entry is of a kind that its source may write.",
        "每一条目的种类均与其所在来源相符。",
    ),
    "times-ordered": (
        "Within each case time only runs forward.",
        "每一事项内的时间只前进、不倒退。",
    ),
    "rules-sealed": (
        "Every entry was made under the rules that were sealed before the call opened.",
        "每一条目均依据申报开始前封存的规则作出。",
    ),
    "checkpoints-consistent": (
        "Every checkpoint agrees with the entries, and the last one covers them all.",
        "每一检查点均与条目相符，最后一个检查点覆盖全部条目。",
    ),
    "checkpoints-signed": (
        "Every checkpoint is signed with the key that was given from outside.",
        "每一检查点均由外部提供的公钥所对应的私钥签署。",
    ),
    "cosigned": (
        "The last checkpoint is cosigned by the witness {witness}.",
        "最后一个检查点经见证人 {witness} 见证签名。",
    ),
    "holds-outside-checkpoint": (
        "The log contains all that it contained at the checkpoint of {size:entry|entries} that was kept outside.",
        "日志完整包含外部留存的检查点（{size} 条）所涵盖的内容。",
    ),
    "time-stamped": (
        "Checkpoints bear time stamps of the service of the given certificate, the last at {at}.",
        "检查点载有所给证书对应机构的时间戳，最后一个时间为 {at}。",
    ),
    "logs-readable": ("The logs can be read.", "日志可读。"),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "bundle-older": (
        "This bundle ends at {size:entry|entries}; the checkpoint from outside covers {outside}. It "
        "is an earlier state: what came after can't be shown. Ask for a newer bundle.",
        "本证明包止于第 {size} 条，而外部检查点覆盖 {outside} 条。它是较早的状态，其后内容无法证明，"
        "请索取更新的证明包。",
    ),
    "checkpoint-not-signed": (
        "The checkpoint of {size:entry|entries} has no valid signature of this key.",
        "{size} 条处的检查点没有该密钥的有效签名。",
    ),
    "checkpoint-of-another-log": (
        "A checkpoint is of another log: {origin}.",
        "检查点属于另一日志：{origin}。",
    ),
    "checkpoint-unreadable": (
        "The checkpoint of {size:entry|entries} can't be read.",
        "{size} 条处的检查点无法读取。",
    ),
    "checkpoints-unordered": (
        "The checkpoint of {size:entry|entries} does not come after the one before it.",
        "{size} 条处的检查点次序有误。",
    ),
    "cosignature-invalid": (
        "The witness's cosignature of the checkpoint of {size:entry|entries} is not valid.",
        "见证人对 {size} 条处检查点的见证签名无效。",
    ),
    "entries-missing": (
        "A checkpoint covers {size:entry|entries}; the log ends after {found}. What is missing "
        "stood at entry {first} or after it.",
        "检查点覆盖 {size} 条，而日志仅有 {found} 条。缺失之处在第 {first} 条或其后。",
    ),
    "entries-not-covered": (
        "The last checkpoint covers {size:entry|entries}; the log holds {found}.",
        "最后一个检查点只覆盖 {size} 条，而日志有 {found} 条。",
    ),
    "entries-unreadable": (
        "The entries can't be read from there on.",
        "自该处起条目无法读取。",
    ),
    "never-opened": (
        "The log holds no opening of the round, so no rules were sealed.",
        "日志中没有启动本轮的条目，规则未曾封存。",
    ),
    "no-checkpoint": ("There is no checkpoint.", "没有检查点。"),
    "no-key": (
        "No public key was given from outside, so it can't be shown who signed. Give it with --key FILE.vkey.",
        "未从外部提供公钥，无法证明由谁签署。请用 --key FILE.vkey 提供。",
    ),
    "no-time-stamp": ("No checkpoint of this log bears a time stamp.", "该日志的检查点没有时间戳。"),
    "not-cosigned": (
        "The witness {witness} cosigned up to {size:entry|entries} only.",
        "见证人 {witness} 仅见证签名至 {size} 条。",
    ),
    "origin-unknown": (
        "Entries of type {type} do not belong in {stream}.",
        "{type} 条目不应出现在 {stream} 中。",
    ),
    "other-rules": (
        "The entry names rules {found}, not the sealed {expected}.",
        "条目所依据的规则为 {found}，而封存的是 {expected}。",
    ),
    "outside-not-signed": (
        "The checkpoint from outside, of {size:entry|entries}, is not signed with this key.",
        "外部检查点（{size} 条）并非由该密钥签署。",
    ),
    "other-rules-unsealed": (
        "The entry names rules {found}, but no rules were sealed before it.",
        "条目所依据的规则为 {found}，但此前尚未封存任何规则。",
    ),
    "root-differs": (
        "Something between entries {first} and {last} is not what was signed.",
        "第 {first} 至第 {last} 条之间有内容与已签署的不符。",
    ),
    "rules-file-differs": (
        "The rules in the bundle are not those that were sealed ({expected}).",
        "证明包内的规则与封存的规则（{expected}）不符。",
    ),
    "sealed-again": ("The rules were sealed a second time.", "规则被再次封存。"),
    "size-differs": (
        "The manifest states {stated:entry|entries}, the log holds {found}.",
        "清单载明 {stated} 条，而日志有 {found} 条。",
    ),
    "stream-elsewhere": ("{stream} belongs to another log.", "{stream} 属于另一日志。"),
    "time-backward": ("Time runs backward in {stream} here.", "{stream} 的时间在此倒退。"),
    "time-stamp-invalid": (
        "The time stamp of the checkpoint of {size:entry|entries} is not valid.",
        "{size} 条处检查点的时间戳无效。",
    ),
    "version-skipped": (
        "{stream} goes on with number {found} where {expected} is due.",
        "{stream} 的编号应为 {expected}，实为 {found}。",
    ),
}
"""What can be found instead."""

LISTED: Sentences = {
    "deadlines-settled-late": (
        "{counted:entry that a deadline brought was|entries that a deadline brought were} recorded "
        "more than half an hour after it, and dated at the deadline.",
        "有 {counted} 条期限届满所生的条目在期限之后半小时以上才被记录，其日期仍为期限。",
    ),
    "recorded-late": (
        "Entry {subject} was recorded {counted:minute|minutes} after its act was taken: the act "
        "waited for the record.",
        "条目 {subject} 在其操作受理后 {counted} 分钟才被记录：该操作等待了记录库。",
    ),
}
"""What is listed without a claim."""
