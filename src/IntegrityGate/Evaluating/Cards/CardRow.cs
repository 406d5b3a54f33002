using IntegrityGate.Evaluating.Statistics;

namespace IntegrityGate.Evaluating.Cards;

/// <summary>A figure of the card beside this run's.</summary>
/// <param name="What">Which figure.</param>
/// <param name="Rate">Rate, or what stands for it.</param>
/// <param name="Card">The card's.</param>
/// <param name="Run">This run's.</param>
/// <param name="Interval">This run's 95 % interval.</param>
/// <param name="IsLeading">True for the figures by which the run as a whole agrees or not.</param>
internal sealed record CardRow(string What, string Rate, double Card, double Run, Interval Interval, bool IsLeading)
{
    /// <summary>True when the card's figure lies in the run's interval.</summary>
    public bool Agrees => Interval.Contains(Card);
}
