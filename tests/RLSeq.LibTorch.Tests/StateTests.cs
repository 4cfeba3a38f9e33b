using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RLSeq.LibTorch.Tests;

public class StateTests : TensorTest
{
    [Fact]
    public void A_state_is_the_tensors_themselves()
    {
        using Sequential net = Net();
        Dictionary<string, Tensor> state = net.state_dict(prefix: "net");
        Assert.Equal(["net.a.weight", "net.a.bias", "net.b.weight", "net.b.bias"], state.Keys);
        Assert.Same(net.get_parameter("a.weight"), state["net.a.weight"]);
    }

    [Fact]
    public void A_state_loads_into_another_module()
    {
        using Sequential from = Net();
        using Sequential to = Net();
        Assert.False(from.get_parameter("a.weight")!.Equals(to.get_parameter("a.weight")!));
        (IList<string> missing, IList<string> unexpected) = to.load_state_dict(from.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        AssertSame(from, to);
        Assert.True(to.get_parameter("a.weight")!.requires_grad);
    }

    [Fact]
    public void What_does_not_fit_is_listed_and_changes_nothing()
    {
        using Sequential net = Net();
        double[] before = Doubles(net.get_parameter("a.weight")!);
        Dictionary<string, Tensor> state = net.state_dict().ToDictionary(p => p.Key, p => zeros_like(p.Value));
        state.Remove("b.bias");
        state["c"] = zeros(1);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => net.load_state_dict(state));
        Assert.Contains("Missing: b.bias.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Unexpected: c.", error.Message, StringComparison.Ordinal);
        state["b.weight"] = zeros(7);
        error = Assert.Throws<InvalidOperationException>(() => net.load_state_dict(state, strict: false));
        Assert.Contains("b.weight is Float32[7], expected Float32[1, 3]", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Doubles(net.get_parameter("a.weight")!));

        (IList<string> missing, IList<string> unexpected) = net.load_state_dict(state, strict: false, skip: ["b.weight"]);
        Assert.Equal(["b.bias"], missing);
        Assert.Equal(["c"], unexpected);
        Assert.Equal(0, net.get_parameter("a.weight")!.abs().sum().ToDouble());
    }

    [Fact]
    public void Files_round_trip_and_follow_TorchSharps_format()
    {
        using Sequential net = Net();
        using Sequential read = Net();
        string path = Path.Combine(Path.GetTempPath(), $"rlseq-state-{Guid.NewGuid():n}.dat");
        try
        {
            net.save(path);
            Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"));
            var loaded = new Dictionary<string, bool>();
            read.load(path, loadedParameters: loaded);
            AssertSame(net, read);
            Assert.Equal(4, loaded.Count(p => p.Value));
        }
        finally
        {
            File.Delete(path);
        }

        using Linear layer = Linear(2, 1, hasBias: false, dtype: float64);
        init.constant_(layer.weight, 1);
        using var stream = new MemoryStream();
        layer.save(stream);

        // One tensor; the name's length and "weight"; Float64 is 7; two dimensions, 1 and 2; 1.0 twice.
        byte[] expected = [1, 6, .. "weight"u8, 7, 2, 1, 2, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f];
        Assert.Equal(expected, stream.ToArray());
    }

    [Fact]
    public void Buffers_of_all_types_and_views_round_trip()
    {
        using var holder = new Holder();
        using var stream = new MemoryStream();
        holder.save(stream);
        stream.Position = 0;
        using var read = new Holder();
        foreach (Tensor buffer in read.buffers())
            buffer.zero_();
        read.load(stream);
        foreach ((string name, Tensor buffer) in holder.named_buffers())
            Assert.True(buffer.Equals(read.get_buffer(name)!), name);
    }

    [Fact]
    public void A_state_damaged_anywhere_is_refused_and_changes_nothing()
    {
        using Sequential net = Net();
        using var stream = new MemoryStream();
        net.save(stream);
        byte[] whole = stream.ToArray();
        using Sequential target = Net();
        double[] before = Doubles(target.get_parameter("a.weight")!);
        for (int length = 0; length < whole.Length; length++)
        {
            InvalidDataException cut = Assert.Throws<InvalidDataException>(() => target.load(new MemoryStream(whole[..length])));
            Assert.Contains("damaged", cut.Message, StringComparison.Ordinal);
        }

        // A changed byte is either an error of a known kind or lies in a number of an element.
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0xff;
            using Sequential other = Net();
            Exception? error = Record.Exception(() => other.load(new MemoryStream(changed)));
            Assert.True(error is null or InvalidDataException or InvalidOperationException, $"byte {at}: {error}");
        }

        Assert.Equal(before, Doubles(target.get_parameter("a.weight")!));
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x07 }, "claims to hold")]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, "cannot be read")]
    [InlineData(new byte[] { 1, 1, (byte)'x', 8 }, "unknown element type 8")]
    [InlineData(new byte[] { 1, 1, (byte)'x', 99 }, "unknown element type 99")]
    [InlineData(new byte[] { 1, 1, (byte)'x', 6, 100 }, "claims 100 dimensions")]
    [InlineData(new byte[] { 1, 1, (byte)'x', 6, 3, 255, 255, 255, 255, 127, 255, 255, 255, 255, 127, 255, 255, 255, 255, 127 }, "impossible shape")]
    [InlineData(new byte[] { 1, 1, (byte)'x', 6, 1, 255, 255, 255, 255, 127 }, "ends in the middle")]
    [InlineData(new byte[] { 2, 1, (byte)'x', 6, 1, 0, 1, (byte)'x', 6, 1, 0 }, "'x' twice")]
    public void Hostile_states_are_refused_before_anything_is_allocated(byte[] bytes, string reason)
    {
        using Sequential net = Net();
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => net.load(new MemoryStream(bytes)));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static Sequential Net() => Sequential(("a", Linear(2, 3)), ("t", Tanh()), ("b", Linear(3, 1)));

    private static void AssertSame(nn.Module a, nn.Module b)
    {
        foreach ((string name, Parameter parameter) in a.named_parameters())
            Assert.True(parameter.Equals(b.get_parameter(name)!), name);
    }

    private sealed class Holder : nn.Module
    {
        internal Holder()
            : base(nameof(Holder))
        {
            register_buffer("bytes", tensor(new byte[] { 1, 200 }));
            register_buffer("bools", tensor([true, false]));
            register_buffer("halves", tensor([1.5f, -2f]).half());
            register_buffer("long", arange(5));
            register_buffer("view", arange(6, float64).view(2, 3).t());
            register_buffer("number", tensor(3.0));
            register_buffer("empty", zeros(0, 3));
        }
    }
}
