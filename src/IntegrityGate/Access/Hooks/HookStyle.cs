namespace IntegrityGate.Access.Hooks;

/// <summary>Whose wire form a publish hook speaks, so that an existing service need not change.</summary>
public enum HookStyle
{
    /// <summary>nginx-rtmp's <c>on_publish</c>: a form; 2xx allows.</summary>
    Nginx,

    /// <summary>MediaMTX's <c>authHTTPAddress</c>: JSON; 2xx allows.</summary>
    Mediamtx,

    /// <summary>SRS's <c>on_publish</c>: JSON; HTTP 200 with code 0 allows.</summary>
    Srs,
}
