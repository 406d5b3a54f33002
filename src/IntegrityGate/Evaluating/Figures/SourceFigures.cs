using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Statistics;
using IntegrityGate.Media.Rates;

namespace IntegrityGate.Evaluating.Figures;

/// <summary>One source (generator, camera, collection) at one rate.</summary>
/// <param name="Exposure">What training saw of it.</param>
/// <param name="Source">Its name.</param>
/// <param name="IsSynthetic">Its class.</param>
/// <param name="Rate">The rate.</param>
/// <param name="Items">Items with a score.</param>
/// <param name="OutOfScope">Items about which the model says nothing.</param>
/// <param name="Mean">Mean score.</param>
/// <param name="Deviation">Standard deviation of the scores; 0 with one item.</param>
/// <param name="AboveReview">Items at or above the review level.</param>
/// <param name="AboveStamp">Items at or above the stamp level.</param>
/// <param name="Auc">Against all sources of the other class and the same exposure; interval over those sources and this one's items.</param>
internal sealed record SourceFigures(
    Exposure Exposure,
    string Source,
    bool IsSynthetic,
    StreamRate Rate,
    int Items,
    int OutOfScope,
    double Mean,
    double Deviation,
    Share AboveReview,
    Share AboveStamp,
    Estimate Auc);
