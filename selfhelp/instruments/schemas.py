"""The shape of `instrument.yaml` and `text.<lang>.yaml`, field by field. Meaning: `selftests/README.md`."""

from marshmallow import fields, validate

from selfhelp.core.fields import ByKey, Languages, Number, Registers, StrictSchema, Text, Whole, one_of

MAX_ITEMS = 100
ITEM_ID = validate.Regexp(r"q[1-9][0-9]{0,2}\Z", error="must be an item id such as q1")
KEY = validate.Regexp(r"[A-Za-z][A-Za-z0-9_]{0,39}\Z", error="must be a short key of letters, digits and _")
VERSION = validate.Regexp(r"[0-9]+\.[0-9]+\.[0-9]+\Z", error="must be a version such as 1.0.0")

item_id = Text(required=True, validate=ITEM_ID)
item_ids = fields.List(Text(validate=ITEM_ID), required=True, validate=validate.Length(min=1, max=MAX_ITEMS))
few_item_ids = fields.List(Text(validate=ITEM_ID), load_default=list, validate=validate.Length(max=MAX_ITEMS))


def status() -> fields.String:
    """Return the field that says how sure we are."""
    return one_of("checked", "unverified", "unknown")


class FactSchema(StrictSchema):
    """A text, its status and its source."""

    text = Languages(required=True)
    source = Text(load_default=None)
    status = status()


class CitationSchema(StrictSchema):
    """A publication."""

    text = Text(required=True)
    doi = Text(required=True, validate=validate.Regexp(r"(10\.\S+|unknown|none)\Z", error="must be a DOI, unknown or none"))
    status = status()


class CutOffSchema(StrictSchema):
    """The origin of the bands of a scale or the line of a flag."""

    of = Text(required=True, validate=KEY)
    text = Languages(required=True)
    population = Languages(required=True)
    source = Text(required=True)
    status = status()


class ReliableChangeSchema(StrictSchema):
    """The smallest change beyond chance; `value: none` where it must not be computed."""

    value = fields.Raw(required=True)
    text = Languages(required=True)
    source = Text(load_default=None)
    status = status()


class WordingOriginSchema(StrictSchema):
    """Where a wording comes from."""

    status = one_of("verified", "matches-secondary", "unchecked")
    origin = one_of("original", "owner-translation", "research-translation", "own-translation")
    source = Text(required=True)
    note = Languages(load_default=None)


class PassportSchema(StrictSchema):
    """Complete, or refused: an unknown fact is written as unknown."""

    name = Text(required=True)
    authors = fields.List(Text(), required=True, validate=validate.Length(min=1))
    year = Whole(required=True, validate=validate.Range(1900, 2100))
    citations = fields.List(fields.Nested(CitationSchema), required=True, validate=validate.Length(min=1))
    copyright = fields.Nested(FactSchema, required=True)
    licence = fields.Nested(FactSchema, required=True)
    permission = one_of("free", "free-noncommercial", "ask-owner", "org-licence")
    permission_note = Languages(required=True)
    owner_contact = Text(required=True)
    population = fields.Nested(FactSchema, required=True)
    recall = fields.Nested(FactSchema, required=True)
    cut_offs = fields.List(fields.Nested(CutOffSchema), required=True)
    missing_rule = fields.Nested(FactSchema, required=True)
    reliability = fields.Nested(FactSchema, required=True)
    norms = fields.Nested(FactSchema, required=True)
    reliable_change = fields.Nested(ReliableChangeSchema, required=True)
    wording = ByKey(
        keys=Text(validate=validate.Regexp(r"[a-z]{2}\Z")),
        values=fields.Nested(WordingOriginSchema),
        required=True,
    )
    not_for = Languages(required=True)


class ItemSchema(StrictSchema):
    """One question."""

    id = item_id
    options = Text(required=True, validate=KEY)


class BandSchema(StrictSchema):
    """A named stretch of a scale."""

    key = Text(required=True, validate=KEY)
    start = Number(required=True, data_key="from")
    end = Number(required=True, data_key="to")
    level = one_of("low", "middle", "high")


class LevelSchema(StrictSchema):
    """An unnamed stretch that only orders the offer."""

    level = one_of("low", "middle", "high")
    start = Number(required=True, data_key="from")
    end = Number(required=True, data_key="to")


class MissingSchema(StrictSchema):
    """How many items may be missing, and what fills them."""

    allow = Whole(required=True, validate=validate.Range(0, MAX_ITEMS))
    fill = one_of("zero", "person-mean")


class TableSchema(StrictSchema):
    """A published look-up."""

    by = fields.List(Text(validate=KEY), required=True, validate=validate.Length(min=1))
    rows = ByKey(keys=Text(), values=fields.List(Whole(), validate=validate.Length(min=1, max=500)), required=True)


class ScaleSchema(StrictSchema):
    """One scale and its rule."""

    method = one_of("sum", "mean", "from")
    source = Text(load_default=None, data_key="from", validate=KEY)
    items = few_item_ids
    reverse = few_item_ids
    dichotomise = ByKey(keys=Text(validate=ITEM_ID), values=fields.List(Whole()), load_default=None)
    missing = fields.Nested(MissingSchema, load_default=None)
    times = Whole(load_default=1, validate=validate.Range(1, 100))
    decimals = Whole(load_default=0, validate=validate.Range(0, 4))
    table = fields.Nested(TableSchema, load_default=None)
    range = fields.List(Number(), required=True, validate=validate.Length(equal=2))
    shown = fields.String(load_default="first", validate=validate.OneOf(["first", "more", "hidden"]))
    bands = fields.List(fields.Nested(BandSchema), load_default=list)
    levels = fields.List(fields.Nested(LevelSchema), load_default=list)


class WhenSchema(StrictSchema):
    """The condition of a skip rule."""

    sum = item_ids
    equals = Whole(required=True)


class SkipSchema(StrictSchema):
    """A skip rule."""

    when = fields.Nested(WhenSchema, required=True)
    skip = item_ids


class FlagSchema(StrictSchema):
    """A yes-or-no reading of a scale or an item."""

    scale = Text(load_default=None, validate=KEY)
    item = Text(load_default=None, validate=ITEM_ID)
    at_least = fields.Raw(required=True)
    level = fields.String(load_default=None, validate=validate.OneOf(["low", "middle", "high"]))


class ContextSchema(StrictSchema):
    """Something about the person that a rule needs."""

    values = fields.List(Text(), required=True, validate=validate.Length(min=2, max=20))
    default = Text(load_default=None, allow_none=True)
    ask = fields.Boolean(load_default=True)


class ScoringSchema(StrictSchema):
    """The closed specification."""

    skip = fields.List(fields.Nested(SkipSchema), load_default=list)
    scales = ByKey(
        keys=Text(validate=KEY), values=fields.Nested(ScaleSchema), required=True, validate=validate.Length(min=1)
    )
    context = ByKey(keys=Text(validate=KEY), values=fields.Nested(ContextSchema), load_default=dict)
    flags = ByKey(keys=Text(validate=KEY), values=fields.Nested(FlagSchema), load_default=dict)


class SafetySchema(StrictSchema):
    """An item that calls for help."""

    item = item_id
    at_least = Whole(required=True)
    flag = Text(load_default=None, validate=KEY)


class InstrumentSchema(StrictSchema):
    """The whole of `instrument.yaml`."""

    slug = Text(required=True, validate=validate.Regexp(r"[a-z][a-z0-9]{1,19}\Z"))
    version = Text(required=True, validate=VERSION)
    theme = Text(required=True, validate=KEY)
    heavy = fields.Boolean(required=True)
    minutes = Whole(required=True, validate=validate.Range(1, 60))
    adult_norms = fields.Boolean(required=True)
    order = Whole(required=True)
    passport = fields.Nested(PassportSchema, required=True)
    options = ByKey(
        keys=Text(validate=KEY), values=fields.List(fields.Raw(), validate=validate.Length(min=2, max=12)), required=True
    )
    items = fields.List(fields.Nested(ItemSchema), required=True, validate=validate.Length(min=1, max=MAX_ITEMS))
    scoring = fields.Nested(ScoringSchema, required=True)
    safety = fields.List(fields.Nested(SafetySchema), load_default=list)


class CatalogueSchema(StrictSchema):
    """What the catalogue says."""

    title = Text(required=True)
    measures = Registers(required=True)
    for_whom = Registers(required=True)


class WordingSchema(StrictSchema):
    """The literal wording."""

    title = Text(load_default=None, allow_none=True)
    instruction = Text(load_default=None, allow_none=True)
    items = ByKey(keys=Text(validate=ITEM_ID), values=Text(), required=True)
    options = ByKey(keys=Text(validate=KEY), values=ByKey(keys=fields.Raw(), values=Text()), required=True)


class OwnerWordingSchema(WordingSchema):
    """A wording that an organisation loads from the owner (`selfhelp instruments wording`)."""

    source = Text(required=True)


class PassageSchema(StrictSchema):
    """Our own words about a stretch of a scale."""

    label = Text(load_default=None)
    headline = Registers(load_default=None)
    text = Registers(required=True)


class ScaleWordsSchema(StrictSchema):
    """Our own words about a scale."""

    name = Registers(required=True)
    low_end = Text(required=True)
    high_end = Text(required=True)
    bands = ByKey(keys=Text(validate=KEY), values=fields.Nested(PassageSchema), load_default=dict)
    no_band = fields.Nested(PassageSchema, load_default=None)


class FlagWordsSchema(StrictSchema):
    """Our own words about a flag."""

    raised = Registers(load_default=None)
    clear = Registers(load_default=None)
    not_known = Registers(load_default=None, data_key="unknown")


class ContextWordsSchema(StrictSchema):
    """How a question about the person is asked."""

    ask = Registers(required=True)
    why = Registers(required=True)
    values = ByKey(keys=Text(), values=Text(), required=True)


class InstrumentTextSchema(StrictSchema):
    """The whole of `text.<lang>.yaml`."""

    lang = Text(required=True, validate=validate.Regexp(r"[a-z]{2}\Z"))
    catalogue = fields.Nested(CatalogueSchema, required=True)
    wording = fields.Nested(WordingSchema, load_default=None)
    plain = ByKey(keys=Text(validate=ITEM_ID), values=Registers(), required=True)
    options_plain = ByKey(keys=Text(validate=KEY), values=ByKey(keys=fields.Raw(), values=Registers()), load_default=dict)
    context = ByKey(keys=Text(validate=KEY), values=fields.Nested(ContextWordsSchema), load_default=dict)
    scales = ByKey(keys=Text(validate=KEY), values=fields.Nested(ScaleWordsSchema), required=True)
    flags = ByKey(keys=Text(validate=KEY), values=fields.Nested(FlagWordsSchema), load_default=dict)
    cannot_say = Registers(required=True)
