namespace IntegrityGate.Evaluating.Cards;

/// <summary>A row of a card: how well a set was told apart at a rate.</summary>
/// <param name="Set">The card's name of the set, such as <c>dev</c>.</param>
/// <param name="Exposure">What training saw of its sources: <c>unseen</c> or <c>sameSource</c>.</param>
/// <param name="Rate">Such as <c>360p@crf28</c>.</param>
/// <param name="Items">Frames measured.</param>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="AucSourcesAlike">The same, sources weighted alike.</param>
/// <param name="TruePositivesAt1Percent">True-positive rate at 1 % false positives.</param>
internal sealed record CardGroup(string Set, string Exposure, string Rate, int Items, double Auc, double AucSourcesAlike, double TruePositivesAt1Percent);
