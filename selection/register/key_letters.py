"""The letters about keys: people are told of every change of theirs, but not of each session."""

from selection.kernel.proof import Assurance
from selection.process.letter import Letter, Texts, Writer, letters_to
from selection.register.key_events import KeyEnrolled, KeyRevoked, SignerInvited
from selection.register.state import RegisterState


def _invite(event: SignerInvited, state: RegisterState) -> list[Letter]:
    assert event.until is not None, "whoever invites says until when the code counts"
    params = {"code": event.code.id, "until": event.until.isoformat()}
    return letters_to([event.person], "signer-invited", params)


def _enrol(event: KeyEnrolled, state: RegisterState) -> list[Letter]:
    # Who enrols the very first key is not registered yet, and a session ends by itself.
    if event.key.key == state.first or event.key.level is Assurance.SESSION:
        return []
    return letters_to([event.person], "key-enrolled", {"key": event.key.key, "by": event.by})


def _revoke(event: KeyRevoked, state: RegisterState) -> list[Letter]:
    return letters_to([event.person], "key-revoked", {"key": event.key})


WRITES: dict[type, Writer[RegisterState]] = {
    SignerInvited: _invite,
    KeyEnrolled: _enrol,
    KeyRevoked: _revoke,
}
SECRETS = {"signer-invited": "code"}
"""Which parameter of a letter is the id of a stored text, which stands in its place when it is sent."""

LETTERS: Texts = {
    "signer-invited": {
        "en": (
            "Your code for a signing key",
            "You are to sign with a key of your own what you do in the selection system. In a browser, open the "
            "portal's page “Your first passkey” (at /enrol) and type your account and this code; or make a key with "
            "`selection key new` and hand it in with `selection key request`. The code counts once, until {until}:"
            "\n\n{code}\n\nGive the code to nobody: whoever asks you for it is not from the selection office.",
        ),
        "zh": (
            "签名密钥登记码",
            "您在遴选系统中的操作须用本人密钥签名。请在浏览器中打开门户的“登记首个通行密钥”页（/enrol），"
            "输入账号和以下一次性登记码；或用 `selection key new` 生成密钥，并用 `selection key request` 提交。"
            "登记码于{until}前有效，仅限一次：\n\n{code}\n\n请勿将登记码告知任何人；遴选工作办公室不会向您索取。",
        ),
    },
    "key-enrolled": {
        "en": (
            "A key was enrolled for you",
            "From now on acts signed with the key {key} count as yours; {by} enrolled it. If this was not you, have "
            "it revoked at once by the selection office.",
        ),
        "zh": (
            "已为您登记密钥",
            "自即时起，以密钥 {key} 签名的操作视为您本人的操作；登记人为 {by}。"
            "如非您本人所为，请立即联系遴选工作办公室注销。",
        ),
    },
    "key-revoked": {
        "en": (
            "A key of yours was revoked",
            "From now on nothing counts that is signed with the key {key}. If you did not ask for this, tell the "
            "selection office.",
        ),
        "zh": (
            "您的密钥已注销",
            "自即时起，以密钥 {key} 签名的操作不再有效。如非您本人申请，请联系遴选工作办公室。",
        ),
    },
}
"""What the letters say."""
