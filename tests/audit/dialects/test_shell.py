"""Shell scripts: a script's own assignments are put in, and what only a run knows is said by name."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import examples
from verified_grpo.audit.dialects import Source, read_file
from verified_grpo.audit.dialects.shell import commands
from verified_grpo.errors import InputError


def telling(values: dict[str, str | None]) -> bool:
    return "beta" in values


def read(folder: Path, text: str) -> Source:
    path = folder / "run.sh"
    path.write_text(text)
    return read_file(path, telling)


READ = [
    ("B=1\nB=2\ntrl grpo --beta $B\n", "2"),
    ('B=1\ntrl grpo --beta "${B}"\n', "1"),
    ("A=0.1\nB=$A\ntrl grpo --beta $B\n", "0.1"),
    ("B=${B:-0.04}\ntrl grpo --beta $B\n", "0.04"),
    ("B=1\ntrl grpo --beta ${B:-0.04}\n", "1"),
    ("B=\ntrl grpo --beta ${B:-0.04}\n", "0.04"),
    ("B=\ntrl grpo --beta=${B-0.04}\n", ""),
    (": ${B:=0.04}\ntrl grpo --beta $B\n", "0.04"),
    ("B=$1\nB=${1:-0.04}\ntrl grpo --beta $B\n", "0.04"),
    ("ARGS=(--beta 0.1)\ntrl grpo ${ARGS[@]}\n", "0.1"),
    ('ARGS=(\n  --beta 0.1 # a word\n)\nARGS+=(--bf16 true)\ntrl grpo "${ARGS[@]}"\n', "0.1"),
    ('OPTS="--bf16 true"\nOPTS="$OPTS --beta 0.1"\ntrl grpo $OPTS\n', "0.1"),
    ("OPTS='--bf16 true'\nOPTS+=' --beta 0.1'\ntrl grpo $OPTS\n", "0.1"),
    ("export A=1 B=0.2\nenv X=1 trl grpo --beta $B\n", "0.2"),
    ("trl grpo \\\n  --bf16 true \\\n  --beta 0.3 \\\n\n", "0.3"),
    ("trl grpo --beta '0.3' > >(tee log) 2>&1\n", "0.3"),
    ("trl serve --model m &\nexport X=1\ntrl grpo --beta 0.4 --x y && echo done | tee l\n", "0.4"),
    ("if test -f x; then\n  B=1\n  trl grpo --beta $B\nfi\n", "1"),
    ("bash -c 'trl grpo --beta 0.5'\n", "0.5"),
    ("f() { echo --x 1; }\nfunction g {\nB=3\n}\nB=2\ntrl grpo --beta $B\n", "2"),
    (
        "B=1\nwhile [[ $# -gt 0 ]]; do\n case $1 in\n --beta) B=$2; shift 2;;\n esac\ndone\n"
        "trl grpo --beta $B\n",
        "1",
    ),
    ("for s in 1 2; do\n  trl grpo --seed $s --beta 0.6\ndone\n", "0.6"),
    ("X=' --beta 0.7 '\ntrl grpo --x 1$X--y 2\n", "0.7"),
    ("B=$1\nB=1\nwhile getopts b: o; do case $o in b) B=$OPTARG;; esac; done\ntrl grpo --beta $B\n", "1"),
    ("trl grpo --beta 0.7 # --beta 0.8\n# --beta 0.9\n", "0.7"),
    ('A=(--x 1)\nif x; then\nA=(--x 2 --y)\nfi\ntrl grpo --beta 0.8 "${A[@]}"\n', "0.8"),
    ("if x; then A=; else A='--x 1'; fi\ntrl grpo --beta 0.8 $A --y 2\n", "0.8"),
    ('A=(--beta 0.1)\ntest x && A=()\ntrl grpo --x 1 "${A[@]}" --beta 0.8\n', "0.8"),
    ('A=(x.y=1)\ncase $M in\na) A=(x.y="u v");;\nesac\npython -m m beta=0.8 "${A[@]}" "$@"\n', "0.8"),
]


@pytest.mark.parametrize(("script", "beta"), READ)
def test_what_a_script_says_itself_is_read(script: str, beta: str, tmp_path: Path) -> None:
    found = read(tmp_path, script)
    assert found.values["beta"] == beta
    assert "beta" not in found.unsure
    assert found.origins["beta"].startswith("line ")


UNSURE = [
    ("trl grpo --beta $B --x 1\n", "$B is not assigned in the file"),
    ("trl grpo --beta $1\n", "$1 is an argument of the script"),
    ("trl grpo --beta $(cat b)\n", "the output of a command"),
    ("trl grpo --beta `cat b`\n", "the output of a command"),
    ("B=1\nif x; then B=2; fi\ntrl grpo --beta $B\n", "$B is assigned under a condition (line 2)"),
    ("test -n x && B=2\ntrl grpo --beta $B\n", "$B is assigned under a condition (line 1)"),
    ("for b in 1 2; do\ntrl grpo --beta $b\ndone\n", "$b runs through a loop"),
    ("B=1\nwhile x; do\ntrl grpo --beta $B\nB=2\ndone\n", "$B is assigned in a loop"),
    ("f() {\nB=2\n}\nf\ntrl grpo --beta $B\n", "$B is assigned in a function (line 2)"),
    ("(B=2)\ntrl grpo --beta $B\n", "$B is assigned in a subshell (line 1)"),
    ("read B\ntrl grpo --beta $B\n", "$B is read when the script runs"),
    ("case $X in\na) B=1;;\n*) B=2;;\nesac\ntrl grpo --beta $B\n", "$B is assigned under a condition"),
    ("A=(--x 1)\nif x; then\nA+=(--beta 1)\nfi\ntrl grpo ${A[@]}\n", "added at line 3 only in some runs"),
    ("f() {\nB=1\nB=$1\ntrl grpo --beta $B\n}\n", "an argument of a function"),
    ("B=1\ntest x &&\nB=2\ntrl grpo --beta $B\n", "$B is assigned under a condition (line 3)"),
    ("B=1\nlet B=5\ntrl grpo --beta $B\n", "$B is computed at line 2"),
    ("B=1\nprintf -v B 3\ntrl grpo --beta $B\n", "$B is computed at line 2"),
    ("f() {\ntrl grpo --beta ${1:-2}\n}\nf 3\n", "an argument of a function"),
    ("B=0.1\ntrl grpo --beta ${B%.*}\n", "what is made of a variable"),
    (
        'A=()\nif x; then\nA=(--beta 2)\nfi\ntrl grpo --x 1 "${A[@]}"\n',
        "$A is assigned under a condition (line 3)",
    ),
    ("A=\nif x; then A='--beta 2'; fi\ntrl grpo --beta 1 $A\n", "$A is assigned under a condition (line 2)"),
    (
        'A=(--x 1)\nif x; then\nif y; then A=(--beta 2); fi\nA+=(--z 3)\nfi\ntrl grpo --beta 1 "${A[@]}"\n',
        "$A is assigned under a condition",
    ),
]


@pytest.mark.parametrize(("script", "reason"), UNSURE)
def test_what_only_a_run_knows_is_said_with_its_reason(script: str, reason: str, tmp_path: Path) -> None:
    found = read(tmp_path, script)
    assert reason in found.unsure["beta"]


@pytest.mark.parametrize(
    ("script", "word"),
    [
        ("echo a\ncat <<END\n--beta 1\nEND\ntrl grpo --beta 0.04\n", "line 2: a here document"),
        ('x=1\n\neval "trl grpo --beta 0.04"\n', "line 3: eval"),
        ("trl grpo --beta 0.04 --x 1 $MORE\n", "line 1: the command takes $MORE"),
        ("trl grpo --beta 0.04 --x 1 \\\n --bf16 true $MORE\n", "line 2: the command takes $MORE"),
        ('trl grpo --beta 0.04 --bf16 "${A[@]}"\n', "line 1: the command takes ${A[@]}"),
        (
            'A=()\nif x; then A=($MORE); fi\ntrl grpo --beta 1 "${A[@]}"\n',
            "line 3: the command takes ${A[@]}",
        ),
        ("A=\nif x; then A=$MORE; fi\ntrl grpo --beta 1 $A\n", "line 3: the command takes $A"),
        ('while x; do A=(--x 1); done\ntrl grpo --beta 1 "${A[@]}"\n', "the command takes ${A[@]}"),
        ("trl grpo --beta 1\ntrl grpo --beta 2\n", "(lines 1, 2)"),
        ('f() {\ntrl grpo --beta 1 "$@"\n}\nf "$X"\n', "line 2: the command takes $@"),
        ('set -- --beta 2\ntrl grpo --beta 1 "$@"\n', "line 1: set --"),
        ("trl grpo --beta 'x\n", "line 1: not a command line: ' is not closed"),
        ("A=(--beta 1\n", "( is not closed"),
        ("x\ntrl grpo --beta $(cat\n", "line 2: not a command line: ( is not closed"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_line(script: str, word: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, script)
    assert word in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_supposed_of_the_environment_is_said(tmp_path: Path) -> None:
    found = read(tmp_path, "B=${B:-0.04}\nM=${M:-m}\nsource env.sh\ntrl grpo --beta $B --model $N --out $M\n")
    assert found.supposed["beta"] == "$B is taken to be unset in the environment"
    assert any("env.sh (line 3)" in sentence for sentence in found.assumed)
    assert any("$N" in sentence for sentence in found.assumed)
    arguments = read(tmp_path, "B=1\ncase $1 in\n--b) B=$2;;\nesac\ntrl grpo --beta $B\n")
    assert arguments.supposed["beta"] == "the script's own arguments are taken to be absent"


def test_a_file_of_the_script_s_own_folder_is_read_where_it_is_sourced(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "small.sh").write_text(
        "MODEL=(--layers 2 --beta 0.3)\ntrl vllm-serve --model m &\n"
    )
    start = 'D="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"\n'
    for written in (
        '"${D}/models/small.sh"',
        '"$(pwd)/models/small.sh"',
        "models/small.sh",
        "$X/models/small.sh",
    ):
        found = read(tmp_path, f"{start}source {written}\ntrl grpo ${{MODEL[@]}}\n")
        assert found.values["beta"] == "0.3"
        assert any("taken to be models/small.sh" in line for line in found.assumed)
    with pytest.raises(InputError, match="MODEL"):
        read(tmp_path, f'{start}source "${{D}}/models/large.sh"\ntrl grpo --beta 1 ${{MODEL[@]}}\n')


def test_a_script_that_sources_itself_comes_to_an_end(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="commands with options of a training"):
        read(tmp_path, "source ./run.sh\ntrl grpo --beta 1\n")


def test_hydras_words(tmp_path: Path) -> None:
    script = (
        "python -m x.main beta=1 +a.b=2 ++a.c=null 'a.d={enable: True, rate: 1e-3}' ~a.e trainer.x=[a,b]\n"
    )
    found = read(tmp_path, script)
    assert (found.values["a.b"], found.values["a.c"]) == ("2", None)
    assert (found.values["a.d.enable"], found.values["a.d.rate"]) == ("True", "1e-3")


def test_an_option_given_twice_in_one_command_is_kept_with_both_values(tmp_path: Path) -> None:
    found = read(tmp_path, "trl grpo --beta 1 --beta 2 --x 1 --x 1\n")
    assert found.twice == {"beta": ("1", "2")}
    assert (
        read(tmp_path, "echo --beta\necho --x 1 --x 2\ntrl grpo --beta 3\n".replace("--beta\n", "\n")).twice
        == {}
    )


def test_a_hundred_thousand_lines(tmp_path: Path) -> None:
    script = "".join(f"# {k}\nexport X_{k}=$HOME/{k}\n" for k in range(50_000)) + "trl grpo --beta 0.04\n"
    assert read(tmp_path, script).values["beta"] == "0.04"
    with pytest.raises(InputError, match="line 5001: an array of more than 5000 words"):
        read(tmp_path, "A+=(x)\n" * 100_000)


# --- against a shell


TEXTS = st.text(st.sampled_from("ab 1.-_=$'\"\\#;&|()<>{}*~\n\t"), max_size=12)


@given(words=st.lists(TEXTS, max_size=6))
@examples(300)
def test_quoted_words_come_back(words: list[str]) -> None:
    """What the standard library quotes for a shell is read as it was."""
    found, _ = commands("x " + shlex.join(words) + "\n")
    assert [word.text for word in found[0].words] == ["x", *words]


@given(text=st.text(st.sampled_from("ab $'\"\\#;&|()<>{}=\n`[@]+:-if fi do"), max_size=60))
@examples(400)
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    said = None
    try:
        commands(text)
    except InputError as error:
        said = str(error)
    assert said is None or ("line " in said and "\n" not in said)


SCALARS = st.sampled_from(["1", "a b", "", "x*y"])
NAMES = st.sampled_from(["A", "B", "C"])
PLAIN = st.one_of(
    st.builds("{}='{}'".format, NAMES, SCALARS),
    st.builds("{}=${}".format, NAMES, NAMES),
    st.builds('{}="${{{}:-d e}}"'.format, NAMES, NAMES),
    st.builds("{}=${{{}:-d}}".format, NAMES, NAMES),
    st.builds("{}=${{{}+p}}".format, NAMES, NAMES),
    st.builds(": ${{{}:=q}}".format, NAMES),
    st.builds("{}+=' z'".format, NAMES),
    st.builds("L=(${} '{}' \"${}\")".format, NAMES, SCALARS, NAMES),
    st.builds("L+=('{}' ${})".format, SCALARS, NAMES),
    st.builds("{{ {}='{}'; }}".format, NAMES, SCALARS),
)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash to compare with")
@given(lines=st.lists(PLAIN, max_size=8))
@examples(60)
def test_known_words_are_those_of_a_shell(lines: list[str]) -> None:
    """Scripts of plain assignments only, run by a real shell in an empty environment."""
    script = "set -f\n" + "\n".join(lines) + '\nprintf "%s\\n" $A "$B" ${C:-c} "${L[@]}" end\n'
    run = subprocess.run(["bash", "-c", script], env={}, capture_output=True, text=True, check=False)
    found, _ = commands(script)
    last = found[-1].words[2:]
    if not any(word.unknown for word in last):
        assert "".join(word.text + "\n" for word in last) == run.stdout
