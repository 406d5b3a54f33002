namespace IntegrityGate.Evaluating.Statistics;

/// <summary>Items whose stated probability lies in a stretch.</summary>
/// <param name="From">Lower end of the stretch.</param>
/// <param name="Until">Upper end.</param>
/// <param name="Items">Items in it.</param>
/// <param name="Weight">Their share of all weight.</param>
/// <param name="Stated">Their mean stated probability.</param>
/// <param name="True">Their share that is synthetic.</param>
internal readonly record struct CalibrationBin(double From, double Until, int Items, double Weight, double Stated, double True);
