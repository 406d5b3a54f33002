namespace IntegrityGate.Evaluating.Items;

/// <summary>What the model saw of an item's source while it was trained; figures of different exposures are never mixed.</summary>
internal enum Exposure
{
    /// <summary>No item of the source: the figures that count.</summary>
    Unseen = 0,

    /// <summary>Other items of the source: flatters the model.</summary>
    SameSource = 1,

    /// <summary>The item itself or its like: says only that the model learned.</summary>
    Seen = 2,
}
