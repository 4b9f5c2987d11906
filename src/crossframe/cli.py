"""The command line: argv to studies, and nothing else."""

import sys
import warnings
from dataclasses import Field
from importlib import metadata
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any

import typer

from crossframe.errors import CrossframeError, CrossframeWarning
from crossframe.studies.compare.options import OPTIONS

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Compare how different outlets tell the same story.\n\n"
    "Example: crossframe compare corpora/georgia-2008",
)
corpora = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Public corpora: list, show, fetch.")
models = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Models: list, show, fetch.")
annotate = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Labels by people: export, import.")
app.add_typer(corpora, name="corpora")
app.add_typer(models, name="models")
app.add_typer(annotate, name="annotate")

On = Annotated[
    list[str],
    typer.Option(
        "--on",
        help="Registered corpus, corpus folder, or training table; thresholds and calibration come from the first.",
    ),
]

Models = Annotated[str | None, typer.Option("--models", help="Model set: small or base [default: small].")]


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"crossframe {metadata.version('crossframe')}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take what stands before the command."""
    del version


_OF_FILES: dict[str, tuple[Any, Any]] = {
    "outlet": (
        str,
        typer.Option(
            help="Id or name of the outlet of a single page, or of files that name none [default: the folder they are in]."
        ),
    ),
    "published": (str, typer.Option(help="Date as YYYY-MM-DD, where a file does not say it.")),
    "columns": (
        list[str],
        typer.Option("--map", help='Field and column of a table that holds it: text="Full Text"; for each.'),
    ),
    "date_format": (
        str,
        typer.Option(help="DMY, MDY, YMD or a pattern as %d/%m/%Y, where day and month may be either."),
    ),
    "strict": (
        bool,
        typer.Option("--strict", help="Import nothing where a file or row would be left out."),
    ),
}
"""How files are imported, by `import` and by `compare` of files that are no corpus: types and options."""


def compare(
    corpus: str | None = None,
    out: Path | None = None,
    config: Path | None = None,
    dry_run: bool | None = None,
    **rest: Any,
) -> None:
    """Compare the outlets of a corpus, or of a folder of saved pages and other files: tables, figures, a page.

    Example: crossframe compare corpora/georgia-2008 --out results/georgia-2008
    """
    from crossframe.studies.compare.options import Options
    from crossframe.studies.compare.study import compare_configured
    from crossframe.studies.prepare.compare_files import compare_given

    files = {name: value for name in _OF_FILES if (value := rest.pop(name)) is not None}
    if config is not None:
        comparison = compare_configured(config, {"corpus": corpus, "out": out, **rest}, show=typer.echo)
    elif corpus is None:
        raise typer.BadParameter("Name a corpus, or a file that names one with --config.")
    else:
        found = compare_given(corpus, out, Options(**rest), show=typer.echo, dry_run=bool(dry_run), **files)
        if found is None:
            return
        comparison = found
    typer.echo(f"\n{comparison.summary()}")
    names = {"Tables: ": "tables", "Figures:": "figures", "Run:    ": "run.json", "Page:   ": "report.html"}
    typer.echo("\n" + "\n".join(f"{label} {comparison.folder}/{name}" for label, name in names.items()))


def _add_compare() -> None:
    """Register `compare` with an argument or option for each of its own parameters and for each of `OPTIONS`."""
    own = {
        "corpus": (
            str,
            typer.Argument(
                help="Corpus folder, or name of a registered corpus; or a folder or zip of pages and other files."
            ),
        ),
        "out": (Path, typer.Option(help="Results folder [default: results/<corpus>].")),
        "config": (
            Path,
            typer.Option(help="TOML file with options and corpus, or the run.json of a study to repeat."),
        ),
        "dry_run": (bool, typer.Option("--dry-run", help="Of files, say what would come in; write nothing.")),
        **_OF_FILES,
    }
    given = {
        name: (option.metadata["kind"].type, _describe_option(option)) for name, option in OPTIONS.items()
    }
    annotations = {name: Annotated[type_ | None, how] for name, (type_, how) in (own | given).items()}
    compare.__annotations__ = annotations
    compare.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=annotation)
            for name, annotation in annotations.items()
        ]
    )
    app.command()(compare)


def _describe_option(option: "Field[Any]") -> Any:
    kind, text = option.metadata["kind"], option.metadata["help"]
    default = "" if option.default in (None, False) else f" [default: {option.default}]"
    return typer.Option(help=f"{text.removesuffix('.')}{default}.", min=kind.low, max=kind.high)


_add_compare()


@app.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(help="Pages, text, documents, database exports, tables; folders and zips of them."),
    ],
    corpus: Annotated[Path, typer.Option(help="Corpus folder; made where it is new.")],
    event: Annotated[
        str | None,
        typer.Option(help="Event id; made where it is new [default: name of the folder, zip or corpus]."),
    ] = None,
    outlet: Annotated[str | None, _OF_FILES["outlet"][1]] = None,
    published: Annotated[str | None, _OF_FILES["published"][1]] = None,
    columns: Annotated[list[str] | None, _OF_FILES["columns"][1]] = None,
    date_format: Annotated[str | None, _OF_FILES["date_format"][1]] = None,
    strict: Annotated[bool, _OF_FILES["strict"][1]] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Files read side by side.")] = 1,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come in, and write nothing.")
    ] = False,
) -> None:
    """Turn saved pages, text, documents, exports and tables into articles of a corpus.

    Example: crossframe import pages/ --corpus corpora/mine --event summit
    """
    from crossframe.studies.prepare.imports import import_files

    status = import_files(
        files,
        corpus=corpus,
        event=event,
        outlet=outlet,
        published=published,
        columns=columns or (),
        date_format=date_format,
        strict=strict,
        jobs=jobs,
        dry_run=dry_run,
    )
    typer.echo(status.summary())
    status.check()


@app.command()
def group(
    corpus: Annotated[str, typer.Argument(help="Corpus folder or registered name.")],
    out: Annotated[
        Path | None, typer.Option(help="Where to write the table [default: standard output].")
    ] = None,
) -> None:
    """Group articles into events, as a table to be edited; `compare` applies the events.csv in a corpus folder.

    Example: crossframe group corpora/mine --out corpora/mine/events.csv
    """
    from crossframe.reading.public.corpora import read_corpus
    from crossframe.studies.prepare.grouping import group_corpus, summarise_grouping

    whole = read_corpus(corpus, regrouped=False)
    table = group_corpus(whole, out)
    typer.echo(f"Wrote {out}" if out else table.round(4).to_csv(index=False).rstrip())
    typer.echo(summarise_grouping(table, whole), err=not out)


@app.command()
def train(
    task: Annotated[str, typer.Argument(help="stance, frames, actors, quotes or aligner")],
    on: On,
    out: Annotated[Path, typer.Option(help="Model folder to write.")],
    encoder: Annotated[
        str | None, typer.Option(help="Name or folder; tfidf trains an aligner on lexical features alone.")
    ] = None,
    models: Models = None,
    method: Annotated[
        str | None, typer.Option(help="Of a stance model: adapter, full or linear [default: adapter].")
    ] = None,
    seeds: Annotated[
        int, typer.Option(min=1, help="Fits of a stance model; several are distilled into one.")
    ] = 1,
    seed: Annotated[int, typer.Option(min=0, help="Of splits and of the first fit.")] = 0,
    construct: Annotated[
        str | None,
        typer.Option(
            help="What a stance model learns: portrayal, stance or both [default: stance for a table with holders]."
        ),
    ] = None,
    teacher: Annotated[
        str | None,
        typer.Option(
            help="Trained stance model whose probabilities are learned beside the labels; the first seed is written."
        ),
    ] = None,
    unlabelled: Annotated[
        list[str] | None,
        typer.Option(help="Corpus whose mentions of actors the teacher labels; may be repeated."),
    ] = None,
) -> None:
    """Train a model and write its folder: weights, configuration, log, card.

    Example: crossframe train stance --on newsmtsc --out models/my-stance
    """
    from crossframe.studies.train.tasks import train as run

    typer.echo(
        run(
            task,
            on,
            out,
            encoder=encoder,
            models=models,
            seed=seed,
            method=method,
            seeds=seeds,
            construct=construct,
            teacher=teacher,
            unlabelled=unlabelled or None,
        )
    )


@app.command()
def evaluate(
    task: Annotated[
        str, typer.Argument(help="alignment, differences, events, actors, quotes, stance, framing or frames")
    ],
    on: Annotated[str, typer.Option(help="Registered corpus or corpus folder with gold.")],
    gold: Annotated[Path | None, typer.Option(help="Gold of your own for that corpus (alignment).")] = None,
    split: Annotated[str | None, typer.Option(help="Split to score.")] = None,
    model: Annotated[
        str | None, typer.Option(help="Shipped model or trained folder; stance also zero-shot:NAME.")
    ] = None,
    models: Models = None,
    stress: Annotated[
        bool,
        typer.Option(
            "--stress",
            help="Test stance without its target, with other names and on invented sentences, too.",
        ),
    ] = False,
    any_construct: Annotated[
        bool,
        typer.Option("--any-construct", help="Score a model of portrayal on stance, or the other way round."),
    ] = False,
    json: Annotated[Path | None, typer.Option(help="Write the metrics there as flat JSON.")] = None,
) -> None:
    """Score a task against gold.

    Example: crossframe evaluate stance --on newsmtsc --split rw
    """
    from crossframe import storage
    from crossframe.showing.text.metrics import format_metrics
    from crossframe.studies.evaluate.tasks import evaluate as run

    metrics = run(
        task,
        on,
        gold=gold,
        split=split,
        model=model,
        models=models,
        stress=stress,
        any_construct=any_construct,
    )
    typer.echo(format_metrics(metrics))
    if json:
        storage.write_json(json, metrics)


@app.command()
def reproduce(
    name: Annotated[str, typer.Argument(help="Name of a published table, or `list`.")] = "list",
    every: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    out: Annotated[Path, typer.Option(help="Folder of the results' folders.")] = Path("results/reproduce"),
) -> None:
    """Make a published table again, ours beside the paper's: table, figure, run.json; fail where they differ too much.

    Example: crossframe reproduce basil-counts
    """
    from crossframe.studies.reproduce import run as reproducing

    if every and name != "list":
        raise typer.BadParameter("Name a table or give --all, not both.")
    if every:
        reproducing.reproduce_all(out=out, show=typer.echo)
    elif name == "list":
        names = reproducing.list_reproductions()
        typer.echo("\n".join(f"{key}  {title}" for key, title in names.items()))
    else:
        table = reproducing.reproduce(name, out=out)
        typer.echo(f"{name}: {out / name}\n{reproducing.show_table(table)}\n")
        reproducing.check_reproduced({name: table})


@app.command()
def report(results: Annotated[Path, typer.Argument(help="Results folder that `compare` wrote.")]) -> None:
    """Draw figures and page again from the tables of a results folder.

    Example: crossframe report results/georgia-2008
    """
    from crossframe.studies.compare.results import render

    render(results)
    typer.echo(f"Figures: {results / 'figures'}\nPage:    {results / 'report.html'}")


@app.command()
def export(
    results: Annotated[Path, typer.Argument(help="Results folder that `compare` wrote.")],
    to: Annotated[str, typer.Option(help="xlsx, parquet, csv-readable, latex or methods.")],
    out: Annotated[
        Path | None, typer.Option(help="File or folder, not there yet [default: beside the results folder].")
    ] = None,
) -> None:
    """Take a comparison to a spreadsheet, another program or a paper.

    Example: crossframe export results/georgia-2008 --to xlsx --out georgia.xlsx
    """
    from crossframe.studies.compare.comparison import read_comparison
    from crossframe.studies.exports.export import choose_place

    choose_place(to, out, results)
    typer.echo(read_comparison(results).export(to, out))


@corpora.command("list")
def corpora_list() -> None:
    """List the public corpora that crossframe knows how to load, what of them is fetched, and their licences."""
    from crossframe.reading.public.corpora import tabulate_corpora

    typer.echo(tabulate_corpora())


@corpora.command("show")
def corpora_show(name: str) -> None:
    """Show what a corpus is: of a public one source, licence, files, splits with counts, citation, BibTeX."""
    from crossframe.reading.public.corpora import show_corpus

    typer.echo(show_corpus(name))


@corpora.command("fetch")
def corpora_fetch(
    name: str,
    mirror: Annotated[
        str | None, typer.Option(help="Address or folder laid out <owner>/<repo>/<commit>/<path>.")
    ] = None,
) -> None:
    """Fetch and verify the files of a public corpus; what arrived stays, and a missing file is named (status 1)."""
    from crossframe.reading.public.corpora import fetch_corpus

    fetched = fetch_corpus(name, mirror=mirror)
    typer.echo(fetched.summary())
    if fetched.missing:
        raise typer.Exit(1)


@models.command("list")
def models_list() -> None:
    """List encoders and shipped models: kind, sets, encoder, size, and whether it is here."""
    from crossframe.models.catalogue import tabulate_models

    typer.echo(tabulate_models())


@models.command("show")
def models_show(name: str) -> None:
    """Show the card of a model or encoder, or what a model set consists of."""
    from crossframe.models.catalogue import show_model_text

    typer.echo(show_model_text(name))


@models.command("fetch")
def models_fetch(name: str) -> None:
    """Fetch and verify the encoder of a model set ahead of its first use; what is here is verified again.

    Example: crossframe models fetch base
    """
    from crossframe.models.catalogue import fetch_models

    typer.echo(fetch_models(name))


@annotate.command("export")
def annotate_export(
    corpus: str,
    file: Path,
    sample: Annotated[
        int | None,
        typer.Option(min=1, help="Number of mentions to draw, with known probabilities [default: all]."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the sample.")] = 0,
    actor_model: Annotated[str | None, typer.Option(help="As for `compare`.")] = None,
    quote_model: Annotated[str | None, typer.Option(help="As for `compare`.")] = None,
) -> None:
    """Write the actor mentions of a corpus as a table (or .json for Label Studio) to be labelled.

    Once the labels are imported, `compare` corrects portrayals by them.

    Example: crossframe annotate export corpora/mine labels.tsv --sample 200
    """
    from crossframe.reading.public.corpora import read_corpus
    from crossframe.studies.prepare.annotation_export import export_annotation

    exported = export_annotation(
        read_corpus(corpus), file, sample=sample, seed=seed, actor_model=actor_model, quote_model=quote_model
    )
    typer.echo(exported)


@annotate.command("import")
def annotate_import(
    corpus: Path,
    file: Path,
    replace: Annotated[
        bool, typer.Option("--replace", help="Labels of other mentions that the corpus has may be lost.")
    ] = False,
) -> None:
    """Read labels back into gold/stance.tsv of a corpus folder, with the annotators' agreement.

    They are labels of portrayal, one per mention; a folder with gold/portrayal.tsv, whose gold/stance.tsv is the stance of
    holders, takes none.
    """
    from crossframe.studies.prepare.annotation_import import import_annotation

    typer.echo(import_annotation(corpus, file, replace=replace))


def _show_warning(message: Warning | str, category: type[Warning], *_: Any, **__: Any) -> None:
    if issubclass(category, CrossframeWarning):
        typer.echo(f"crossframe: warning: {' '.join(str(message).split())}", err=True)


def main(argv: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 the work cannot be done, 2 arguments that do not parse.

    Parameters
    ----------
    argv : list of str, optional
        Arguments without the program's name; None takes those of the process.

    Raises
    ------
    SystemExit
        Always, with the exit code.
    """
    warnings.showwarning = _show_warning
    warnings.simplefilter("always", CrossframeWarning)
    try:
        app(args=argv, prog_name="crossframe", standalone_mode=True)
    except CrossframeError as error:
        typer.echo(f"crossframe: error: {' '.join(str(error).split())}", err=True)
        sys.exit(1)
    except OSError as error:
        typer.echo(
            f"crossframe: error: {error.strerror or error}: {error.filename or ''}".rstrip(": "), err=True
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
