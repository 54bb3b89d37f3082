"""What a browser is called, from what it says of itself: to be recognised by its person, nothing rests on it."""

BROWSERS = (
    ("MicroMessenger/", "WeChat", "微信"),
    ("Edg/", "Edge", "Edge"),
    ("Firefox/", "Firefox", "Firefox"),
    ("Chrome/", "Chrome", "Chrome"),
    ("Safari/", "Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS", "鸿蒙"),
    ("Android", "Android", "安卓"),
    ("iPhone", "iPhone", "iPhone"),
    ("iPad", "iPad", "iPad"),
    ("Windows", "Windows", "Windows"),
    ("Mac OS X", "macOS", "macOS"),
    ("Linux", "Linux", "Linux"),
)
SHOWN_AT_MOST = 60


def name_browser(agent: str, language: str) -> str:
    """Return browser and system in words; of another one the beginning of what it says, empty if that is nothing."""
    browser = _find(BROWSERS, agent, language)
    if not browser:
        return agent[:SHOWN_AT_MOST]
    system = _find(SYSTEMS, agent, language)
    return ("，" if language == "zh" else ", ").join(filter(None, (browser, system)))


def _find(known: tuple[tuple[str, str, str], ...], agent: str, language: str) -> str:
    found = next((names for mark, *names in known if mark in agent), ["", ""])
    return found[1 if language == "zh" else 0]
