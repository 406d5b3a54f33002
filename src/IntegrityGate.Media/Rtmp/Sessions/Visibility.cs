using System.Runtime.CompilerServices;

// The watch, the address gate and the like are tested alone, which needs no server and no clock but a made-up one.
[assembly: InternalsVisibleTo("IntegrityGate.Media.Tests")]
