namespace IntegrityGate.Looking.Scheduling;

/// <summary>CPU time that one look took, by stage.</summary>
internal struct LookSpending
{
    private TimeSpan _decode;
    private TimeSpan _synthetic;
    private TimeSpan _text;
    private TimeSpan _print;
    private TimeSpan _audio;

    /// <summary>The whole.</summary>
    public readonly TimeSpan Total => _decode + _synthetic + _text + _print + _audio;

    /// <summary>What a stage took.</summary>
    public TimeSpan this[LookStage stage]
    {
        readonly get => stage switch
        {
            LookStage.Decode => _decode,
            LookStage.Synthetic => _synthetic,
            LookStage.Text => _text,
            LookStage.Audio => _audio,
            _ => _print,
        };
        set
        {
            switch (stage)
            {
                case LookStage.Decode:
                    _decode = value;
                    break;
                case LookStage.Synthetic:
                    _synthetic = value;
                    break;
                case LookStage.Text:
                    _text = value;
                    break;
                case LookStage.Audio:
                    _audio = value;
                    break;
                default:
                    _print = value;
                    break;
            }
        }
    }
}
