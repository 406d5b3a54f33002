using System.Net;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Access;

/// <summary>Lets only listed networks publish.</summary>
internal sealed class AddressGuard(IReadOnlyList<IPNetwork> networks) : IPublishGuard
{
    /// <inheritdoc/>
    public string Name => "addresses";

    /// <inheritdoc/>
    public ValueTask<GuardAnswer> CheckAsync(PublishRequest request, CancellationToken cancellationToken)
    {
        var address = PeerAddress.Of(request.Remote);
        foreach (var network in networks)
        {
            if (address is not null && network.Contains(address))
                return ValueTask.FromResult(GuardAnswer.Allow);
        }

        return ValueTask.FromResult(GuardAnswer.Refuse("This address may not publish here."));
    }
}
