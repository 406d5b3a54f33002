namespace IntegrityGate.Access.Hooks;

/// <summary>What holds when a hook gives no answer.</summary>
public enum HookFailure
{
    /// <summary>Nobody publishes until the hook is back.</summary>
    Refuse,

    /// <summary>Whoever passed the other guards publishes.</summary>
    Allow,
}
