using IntegrityGate.Detection.Runtime;

namespace IntegrityGate.Detection.Tests;

/// <summary>What the networks run on. Only the processor can be tried here; of the others, that a build without them refuses them.</summary>
public sealed class ExecutionProviderTests
{
    [Fact]
    public void The_processor_is_in_every_build() => Assert.Null(ExecutionProviders.Refuse(ExecutionProvider.Cpu));

    [Theory]
    [InlineData(ExecutionProvider.Cuda, "cuda is not in this build's ONNX Runtime; present: cpu (publish with -p:OnnxProvider=Cuda for it)")]
    [InlineData(ExecutionProvider.OpenVino, "openvino is not in this build's ONNX Runtime; present: cpu (publish with -p:OnnxProvider=OpenVino for it)")]
    [InlineData(ExecutionProvider.DirectML, "directml is not in this build's ONNX Runtime; present: cpu (publish with -p:OnnxProvider=DirectML for it)")]
    public void A_provider_that_this_build_does_not_have_is_refused_with_those_it_has(ExecutionProvider provider, string expected)
    {
        Assert.Equal(expected, ExecutionProviders.Refuse(provider));
        var errors = new List<string>();
        new OnnxOptions { Provider = provider }.Validate("onnx", errors);
        Assert.Equal($"onnx.provider: {expected}", Assert.Single(errors));
    }

    [Theory]
    [InlineData(ExecutionProvider.Cuda, true)]
    [InlineData(ExecutionProvider.OpenVino, false)]
    public void A_provider_is_looked_for_among_those_that_the_runtime_names(ExecutionProvider provider, bool isThere)
    {
        string[] available = ["TensorrtExecutionProvider", "CUDAExecutionProvider", "CPUExecutionProvider"];
        var refusal = ExecutionProviders.Refuse(provider, available);
        Assert.Equal(isThere, refusal is null);
        if (!isThere)
            Assert.Contains("present: cpu, cuda", refusal, StringComparison.Ordinal);
    }
}
