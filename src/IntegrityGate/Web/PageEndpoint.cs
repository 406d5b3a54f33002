using System.Reflection;
using Microsoft.AspNetCore.StaticFiles;

namespace IntegrityGate.Web;

/// <summary>The page at <c>/</c>: a few embedded files, no build step, nothing from elsewhere.</summary>
internal static class PageEndpoint
{
    private const string Prefix = "IntegrityGate.Web.page.";

    // Own scripts, styles and pictures only: a stream name or a read text can never become code on the page.
    private const string ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapPage(this IEndpointRouteBuilder endpoints)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var types = new FileExtensionContentTypeProvider();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var name = resource[Prefix.Length..];
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var type = types.TryGetContentType(name, out var found) ? found : "application/octet-stream";
            endpoints.MapGet(name == "index.html" ? "/" : "/" + name, (HttpContext context) =>
            {
                context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
                context.Response.Headers.XContentTypeOptions = "nosniff";
                context.Response.Headers.CacheControl = "no-cache";
                return TypedResults.Bytes(bytes, type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type);
            });
        }
    }
}
