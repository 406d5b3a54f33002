using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Judging;

namespace IntegrityGate.Enforcement.Tests.Judging;

public sealed class SequentialEvidenceTests
{
    private static readonly ModelReference _model = new("frame-v1", "1", "a");
    private static readonly ModelReference _other = new("frame-v2", "1", "b");
    private readonly SequentialEvidence _evidence = new(new SequentialOptions());
    private double _now;
    private ulong _fingerprint = 1;

    [Theory]
    [InlineData(0.759, DetectorLevel.None)]
    [InlineData(0.76, DetectorLevel.Review)]
    [InlineData(2.659, DetectorLevel.Review)]
    [InlineData(2.66, DetectorLevel.Stamp)]
    public void The_mean_is_held_against_the_models_levels(double score, DetectorLevel level) => Assert.Equal(level, Add(score, 5).Level);

    [Fact]
    public void Four_frames_decide_nothing_and_five_over_8_s_do()
    {
        Assert.Equal(DetectorLevel.None, Add(3, 4).Level);
        Assert.Equal(DetectorLevel.Stamp, Add(3, 1).Level);
        Assert.Equal(10_000, _evidence.Standing.Since.Milliseconds);
    }

    [Fact]
    public void Frames_of_one_moment_decide_nothing()
    {
        Assert.Equal(DetectorLevel.None, Add(3, 20, every: 0.4).Level);
        Assert.Equal(DetectorLevel.Stamp, Add(3, 1, every: 0.4).Level);
    }

    [Fact]
    public void A_still_picture_counts_once_however_long_it_stands()
    {
        for (var i = 0; i < 100; i++)
            Look(3, _model, fingerprint: 0b1111_0000UL ^ (1UL << (i % 3)));
        Assert.Equal((DetectorLevel.None, 1), (_evidence.Standing.Level, _evidence.Standing.Samples));
    }

    [Theory]
    [InlineData(0b0111UL, 1)]
    [InlineData(0b1111UL, 2)]
    public void Frames_three_bits_apart_are_one_and_four_bits_apart_are_two(ulong other, int samples)
    {
        Look(3, _model, 0);
        Look(3, _model, other);
        Assert.Equal(samples, _evidence.Standing.Samples);
    }

    [Theory]
    [InlineData(1.5, 0b1111UL, null, true)]
    [InlineData(1.5, 0b0111UL, null, false)]
    [InlineData(1.5, 0b1111UL, "monochrome", false)]
    [InlineData(double.NaN, 0b1111UL, null, false)]
    public void It_says_whether_a_sample_counts(double score, ulong fingerprint, string? outOfScope, bool counts)
    {
        Look(3, _model, 0);
        Assert.Equal(counts, _evidence.Add(new SyntheticScore(new MediaTime(2000), _model, score, 0.5, [score], new DetectorLevels(0.76, 2.66), outOfScope, fingerprint)));
    }

    [Fact]
    public void Out_of_scope_frames_and_broken_scores_are_no_evidence()
    {
        for (var i = 0; i < 10; i++)
        {
            Look(9, _model, Next(), "monochrome");
            Look(double.NaN, _model, Next());
        }

        Assert.Equal((DetectorLevel.None, 0, 0d), (_evidence.Standing.Level, _evidence.Standing.Samples, _evidence.Standing.Mean));
    }

    [Fact]
    public void One_wild_frame_raises_nothing()
    {
        Add(-1, 20);
        Assert.Equal(DetectorLevel.None, Add(20, 1).Level);
    }

    [Fact]
    public void A_level_is_left_only_a_hysteresis_below_it()
    {
        Add(0.8, 5);
        Assert.Equal(DetectorLevel.Review, Add(0.52, 200).Level);
        Assert.Equal(DetectorLevel.None, Add(0.50, 200).Level);
    }

    [Fact]
    public void After_leaving_the_detector_cools_down_before_it_speaks_again()
    {
        Add(1, 32);
        while (_evidence.Standing.Level != DetectorLevel.None)
            Add(-8, 1);
        var left = _now;
        while (_evidence.Standing.Level == DetectorLevel.None)
            Add(20, 1, every: 1);
        Assert.True(_now - left >= 60);
    }

    [Fact]
    public void Old_samples_say_nothing_of_the_present()
    {
        Add(3, 10);
        Assert.Equal(DetectorLevel.None, Add(3, 1, every: 700).Level);
        Assert.Equal(1, _evidence.Standing.Samples);
    }

    [Fact]
    public void Scores_of_another_model_are_not_mixed_in()
    {
        Add(-1, 10);
        Look(3, _other, Next());
        Assert.Equal((3d, 1), (_evidence.Standing.Mean, _evidence.Standing.Samples));
        Assert.True(_evidence.IsNew);
    }

    [Theory]
    [InlineData(3, DetectorLevel.Stamp)]
    [InlineData(1, DetectorLevel.Review)]
    [InlineData(-1, DetectorLevel.None)]
    public void What_a_replaced_model_found_holds_until_the_new_one_has_seen_enough(double score, DetectorLevel level)
    {
        Add(3, 10);
        for (var i = 0; i < 4; i++)
        {
            Look(score, _other, Next());
            Assert.Equal((DetectorLevel.Stamp, _model), (_evidence.Standing.Level, _evidence.Standing.Model));
        }

        Look(score, _other, Next());
        Assert.Equal((level, _other, score, 5), (_evidence.Standing.Level, _evidence.Standing.Model, _evidence.Standing.Mean, _evidence.Standing.Samples));
    }

    [Fact]
    public void What_a_replaced_model_found_does_not_outlive_its_samples()
    {
        Add(3, 10);
        for (var i = 0; i < 300; i++)
        {
            Look(3, _other, Next(), "monochrome");
            Assert.Equal(DetectorLevel.Stamp, _evidence.Standing.Level);
        }

        for (var i = 0; i < 2; i++)
            Look(3, _other, Next(), "monochrome");
        Assert.Equal(DetectorLevel.None, _evidence.Standing.Level);
    }

    [Fact]
    public void A_reviewers_dismissal_ends_what_a_replaced_model_found()
    {
        Add(3, 10);
        Look(3, _other, Next());
        _evidence.Silence();
        Look(3, _other, Next());
        Assert.Equal(DetectorLevel.None, _evidence.Standing.Level);
    }

    [Fact]
    public void Silenced_evidence_is_averaged_and_raises_nothing()
    {
        Add(3, 10);
        _evidence.Silence();
        Assert.Equal(DetectorLevel.None, Add(9, 100).Level);
        Assert.False(_evidence.IsSuspicious);
    }

    private DetectorStanding Add(double score, int frames, double every = 2)
    {
        for (var i = 0; i < frames; i++)
            Look(score, _model, Next(), every: every);
        return _evidence.Standing;
    }

    private ulong Next() => _fingerprint = unchecked((_fingerprint * 6364136223846793005) + 1442695040888963407);

    private void Look(double score, ModelReference model, ulong fingerprint, string? outOfScope = null, double every = 2)
    {
        _now += every;
        _evidence.Add(new SyntheticScore(new MediaTime((long)Math.Round(_now * 1000)), model, score, 0.5, [score], new DetectorLevels(0.76, 2.66), outOfScope, fingerprint));
    }
}
