from mainstay.charts.mix_against_target import BucketMix, mix_against_target

from .helpers import drawn, table

MIX = [BucketMix("Run", 6.2e6, 0.5), BucketMix("Grow", 2.6e6, 0.3), BucketMix("Transform", 1.2e6, 0.2, 0.02, "/t/")]


def test_the_title_names_what_is_furthest_outside_its_band():
    assert mix_against_target(MIX, "GBP").title == "Run takes 62% against 50% and Transform 12% against 20%"
    four = [BucketMix(name, amount, 0.25) for name, amount in (("A", 7), ("B", 1), ("C", 1), ("D", 1))]
    assert mix_against_target(four, "FTE", kind="number").title == (
        "A takes 70% against 25% and B 10% against 25%, and 2 others outside the band"
    )


def test_a_mix_within_its_bands_is_said():
    inside = [BucketMix("Run", 55, 0.5), BucketMix("Grow", 45, 0.5)]
    assert mix_against_target(inside, "GBP").title == "The mix is within its bands in Run and Grow"


def test_the_table_has_share_target_and_difference():
    assert table(mix_against_target([*MIX, BucketMix("Other", 0)], "GBP")) == [
        ("Bucket", "Amount", "Share", "Target", "Tolerance, ± points", "Difference", "State"),
        ("Run", 6.2e6, 0.62, 0.5, 0.05, "+12 points", "▲ Above"),
        ("Grow", 2.6e6, 0.26, 0.3, 0.05, "−4 points", "● Within its band"),
        ("Transform", 1.2e6, 0.12, 0.2, 0.02, "−8 points", "◆ Below"),
        ("Other", 0, 0.0, None, None, "", "– No target"),
    ]


def test_the_band_is_the_target_with_its_tolerance_and_never_below_zero():
    row = mix_against_target([BucketMix("Run", 1, 0.03)], "GBP").rows[0]
    assert (row["band_start"], row["band_end"]) == (0.0, 0.08)


def test_it_draws_share_and_amount():
    picture = drawn(mix_against_target(MIX, "GBP"))
    assert "62% · GBP 6.2m" in picture
    assert "Within its band" in picture
    assert "70% · 7 FTE" in drawn(mix_against_target([BucketMix("A", 7), BucketMix("B", 3)], "FTE", kind="number"))


def test_without_amounts_or_targets_it_says_so():
    assert mix_against_target([], "GBP").title == "Nothing is in a bucket yet"
    assert mix_against_target([BucketMix("Run", 5)], "GBP").title == "No bucket has a target yet"
