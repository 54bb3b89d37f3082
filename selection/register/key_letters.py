"""The letters about keys and addresses: people are told of every change of theirs, but not of each session."""

from selection.kernel.proof import Assurance
from selection.process.letter import Letter, Texts, Writer, letters_to
from selection.register.events import PersonRegistered
from selection.register.key_events import KeyEnrolled, KeyRevoked, SignerInvited
from selection.register.state import RegisterState


def _invite(event: SignerInvited, state: RegisterState) -> list[Letter]:
    assert event.until is not None, "whoever invites says until when the code counts"
    params = {"account": event.person, "code": event.code.id, "until": event.until.isoformat()}
    return letters_to([event.person], "signer-invited", params)


def _enrol(event: KeyEnrolled, state: RegisterState) -> list[Letter]:
    # Who enrols the very first key is not registered yet, and a session ends by itself.
    if event.key.key == state.first or event.key.level is Assurance.SESSION:
        return []
    return letters_to([event.person], "key-enrolled", {"key": event.key.key, "by": event.by})


def _revoke(event: KeyRevoked, state: RegisterState) -> list[Letter]:
    return letters_to([event.person], "key-revoked", {"key": event.key})


def _register(event: PersonRegistered, state: RegisterState) -> list[Letter]:
    if event.keys_from is None:
        return []
    params = {"until": event.keys_from.isoformat()}
    # Each names its address: another change an hour later leads neither of them elsewhere.
    return [
        Letter(
            key=f"address-changed/{which}/{event.person}",
            to=event.person,
            template="address-changed",
            params=params,
            identity=identity,
        )
        for which, identity in (("former", event.former), ("new", event.identity))
    ]


WRITES: dict[type, Writer[RegisterState]] = {
    SignerInvited: _invite,
    KeyEnrolled: _enrol,
    KeyRevoked: _revoke,
    PersonRegistered: _register,
}
SECRETS = {"signer-invited": "code"}
"""Which parameter of a letter is the id of a stored text, which stands in its place when it is sent."""

LETTERS: Texts = {
    "address-changed": {
        "en": (
            "Your mail address was changed",
            "The mail address to which the selection system writes to you was changed. This letter goes to the former "
            "address and to the new one.\n\nBefore {until} no code for a signing key is sent to the new one. If you "
            "did not ask for this change, tell the selection office at once, by telephone or in person: somebody may "
            "be about to act in your name. If you have a key already, sign in and look through your keys, and tell "
            "the office of any that you did not make.",
        ),
        "zh": (
            "您的电子邮箱已变更",
            "遴选系统与您联系所用的电子邮箱已变更。本邮件同时发往原邮箱和新邮箱。\n\n{until}之前，系统不会向新邮箱发送"
            "签名密钥登记码。如您未曾要求变更，请立即致电或当面告知遴选工作办公室，以防他人冒用您的名义。如您已有密钥，"
            "请登录核对本人名下的密钥；如有并非本人登记的，请一并告知。",
        ),
    },
    "signer-invited": {
        "en": (
            "Your code for a signing key",
            "You are to sign with a key of your own what you do in the selection system. Please open the page "
            "“Your first passkey” of the portal in a browser, and type your account and the code. The code "
            "counts once, until {until}.\n\nAccount: {account}\nCode: {code}\n\nGive the code to nobody: whoever asks "
            "you for it is not from the selection office.",
        ),
        "zh": (
            "签名密钥登记码",
            "您在遴选系统中的操作须用本人的密钥签名。请在浏览器中打开遴选门户的“登记首个通行密钥”页面，输入账号和"
            "登记码。登记码仅可使用一次，于{until}前有效。\n\n账号：{account}\n登记码：{code}\n\n请勿将登记码告知任何"
            "人；遴选工作办公室不会向您索取。",
        ),
    },
    "key-enrolled": {
        "en": (
            "A key was enrolled for you",
            "From now on acts signed with the key {key} count as yours; {by} enrolled it. If this was not you, "
            "have it revoked at once by the selection office.",
        ),
        "zh": (
            "已为您登记密钥",
            "自即时起，以密钥 {key} 签名的操作视为您本人的操作；登记人为 {by}。如非您本人所为，请立即联系遴选工作"
            "办公室注销该密钥。",
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
