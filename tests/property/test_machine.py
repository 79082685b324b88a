from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from property.machine import BookMachine
from collections import Counter
def test_x():
    class M(BookMachine):
        done = Counter()
    run_state_machine_as_test(M, settings=settings(max_examples=30, stateful_step_count=30, deadline=None))
    print(sorted(M.done.items()))
