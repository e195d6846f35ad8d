"""Column mappings that ship: the UK Government's list of major projects, and city proposals from Pabulib."""

from decimal import Decimal

from mainstay.core.exchange.mapping import KEEP, ColumnMapping, Link, NewField, Options

MILLIONS = Options(scale=Decimal(1_000_000), text=KEEP)
GIVEN = Options(text=KEEP)
RATINGS = Options(text=KEEP, words={"Amber-Green": "Amber/Green", "Amber-Red": "Amber/Red"})

IPA = (
    "IPA Delivery Confidence Assessment|NISTA Delivery Confidence Assessment"
    "|IPA RAG*|MPA RAG*|IPA*Confidence*|NISTA*Confidence*"
)
SRO = "SRO Delivery Confidence Assessment|SRO*Confidence*"
YEAR_BASELINE = "Financial Year Baseline (£m)|2021/22 Budget (£million)|2021/22 TOTAL Baseline £m"
YEAR_FORECAST = "Financial Year Forecast (£m)|2021/22 Forecast (£million)|2021/22 TOTAL Forecast £m"
YEAR_VARIANCE = "Financial Year Variance (%)|2021/22 Variance %age|Variance Budget / Forecast %age"
WHOLE_LIFE = (
    "TOTAL Baseline Whole Life Costs (£m)|Whole Life Cost TOTAL Baseline £m|TOTAL Budgeted Whole Life Costs"
    "|Whole Life Cost|*total*whole life cost*"
)

GMPP = ColumnMapping(
    links=(
        Link("GMPP ID Number|GMPP ID|Major Projects ID|ID Number*", "external_key", is_required=True),
        Link("Project Name", "name", Options(overflow="description")),
        Link("Department", "custom.department"),
        Link("Annual Report Category", "theme"),
        Link("Description / Aims|*Description / Aims|Project Description", "description"),
        Link(IPA, "confidence", RATINGS),
        Link(SRO, "confidence", RATINGS),
        Link(IPA, "custom.ipa_rating"),
        Link(SRO, "custom.sro_rating"),
        Link("Departmental commentary on actions planned or taken on the*RAG rating*", "custom.rating_commentary"),
        Link("Project - Start Date|Start Date", "start_date", GIVEN),
        Link("Project - End Date|End Date", "end_date", GIVEN),
        Link("Departmental narrative on schedule*|Schedule Narrative", "custom.schedule_narrative"),
        Link(YEAR_BASELINE, "custom.year_baseline", MILLIONS),
        Link(YEAR_FORECAST, "custom.year_forecast", MILLIONS),
        Link(YEAR_VARIANCE, "custom.year_variance", GIVEN),
        Link("Departmental narrative on budget/forecast variance*|*Variance Narrative", "custom.variance_narrative"),
        Link(WHOLE_LIFE, "cost", MILLIONS, is_required=True),
        Link("Departmental Narrative on Budgeted Whole Life Costs|Costs Narrative", "custom.cost_narrative"),
        Link("TOTAL Baseline Benefits (£m)|Benefits (£m)", "benefit", MILLIONS),
        Link("Departmental Narrative on Budgeted Benefits|Benefits Narrative", "custom.benefit_narrative"),
    ),
    constants={"currency": "GBP", "stage": "active"},
    fields=(
        NewField("department", "Department", position=10),
        NewField("ipa_rating", "IPA rating", position=20),
        NewField("sro_rating", "SRO rating", position=21),
        NewField("rating_commentary", "Commentary on the rating", "long_text", position=22),
        NewField("schedule_narrative", "Narrative on schedule", "long_text", position=30),
        NewField("year_baseline", "Financial year baseline", "money", is_confidential=True, position=40),
        NewField("year_forecast", "Financial year forecast", "money", is_confidential=True, position=41),
        NewField("year_variance", "Financial year variance", "number", "%", is_confidential=True, position=42),
        NewField("variance_narrative", "Narrative on variance", "long_text", is_confidential=True, position=43),
        NewField("cost_narrative", "Narrative on whole-life cost", "long_text", is_confidential=True, position=50),
        NewField("benefit_narrative", "Narrative on benefits", "long_text", is_confidential=True, position=51),
    ),
)

PABULIB = ColumnMapping(
    links=(
        Link("project_id", "external_key", is_required=True),
        Link("name", "name", Options(overflow="description")),
        Link("cost", "cost"),
        Link("votes", "custom.votes"),
        Link("score", "custom.vote_score"),
        Link("category", "theme", Options(first_of=",")),
        Link("category", "custom.categories"),
        Link("target|beneficiaries", "custom.target_groups"),
        Link("selected", "custom.city_selected"),
        Link("latitude", "custom.latitude"),
        Link("longitude", "custom.longitude"),
        Link("district", "custom.district"),
    ),
    constants={"stage": "candidate"},
    fields=(
        NewField("votes", "Votes", "number", position=10),
        NewField("vote_score", "Vote score", "number", position=11),
        NewField("city_selected", "Selected by the city", "yes_no", position=12),
        NewField("categories", "Categories", position=20),
        NewField("target_groups", "Target groups", position=21),
        NewField("district", "District", position=30),
        NewField("latitude", "Latitude", "number", "°", position=31),
        NewField("longitude", "Longitude", "number", "°", position=32),
    ),
)

SHIPPED = {"gmpp": GMPP, "pabulib": PABULIB}
