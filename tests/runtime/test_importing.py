import gc
from importlib import import_module

import pytest

from runtime.importing import without_collecting


def test_garbage_is_looked_for_again_after_the_block_even_where_an_import_fails() -> None:
    assert gc.isenabled()
    with pytest.raises(ModuleNotFoundError), without_collecting():
        import_module("there.is.none" if not gc.isenabled() else "gc")
    assert gc.isenabled()


def test_who_looked_for_none_before_does_not_look_after() -> None:
    gc.disable()
    try:
        with without_collecting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
