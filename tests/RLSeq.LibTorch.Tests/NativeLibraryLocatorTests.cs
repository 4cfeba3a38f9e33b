using TorchSharp;

namespace RLSeq.LibTorch.Tests;

public sealed class NativeLibraryLocatorTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("rlseq-native-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void It_is_found_by_name_beside_or_in_a_parents_artifacts()
    {
        string app = Directory.CreateDirectory(Path.Combine(_root, "a", "b")).FullName;
        string built = Touch(Path.Combine(_root, "artifacts", "native", "librlseq_torch.so"));
        Assert.Equal(built, NativeLibraryLocator.Find(null, app));
        string beside = Touch(Path.Combine(app, "librlseq_torch.so"));
        Assert.Equal(beside, NativeLibraryLocator.Find(null, app));
        string named = Touch(Path.Combine(_root, "elsewhere", "librlseq_torch.so"));
        Assert.Equal(named, NativeLibraryLocator.Find(named, app));
        Assert.Equal(named, NativeLibraryLocator.Find(Path.GetDirectoryName(named), app));
    }

    [Fact]
    public void Where_it_is_missing_the_error_says_what_to_run()
    {
        DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => NativeLibraryLocator.Find(null, _root));
        Assert.Contains("scripts/setup.sh", error.Message, StringComparison.Ordinal);
        Assert.Contains(_root, error.Message, StringComparison.Ordinal);
        error = Assert.Throws<DllNotFoundException>(() => NativeLibraryLocator.Find("/no/such/file", _root));
        Assert.Contains("RLSEQ_NATIVE names '/no/such/file'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_of_libtorch_that_names_none_is_refused()
    {
        string missing = Path.Combine(_root, "absent"), empty = Directory.CreateDirectory(Path.Combine(_root, "empty")).FullName;
        Assert.StartsWith($"LIBTORCH is '{missing}', but must name the folder of a libtorch, or of a PyTorch package: there is no such folder. ", Refusal(missing), StringComparison.Ordinal);
        Assert.Contains($"'{empty}'", Refusal(empty), StringComparison.Ordinal);
        Assert.Contains("that folder has no lib/libtorch_cpu.so. Correct it and run 'scripts/setup.sh'", Refusal(empty), StringComparison.Ordinal);
        Touch(Path.Combine(_root, "good", "lib", "libtorch_cpu.so"));
        foreach (string? good in new[] { null, "", Path.Combine(_root, "good") }) NativeLibraryLocator.CheckChosen(good);

        static string Refusal(string libtorch) => Assert.Throws<DllNotFoundException>(() => NativeLibraryLocator.CheckChosen(libtorch)).Message;
    }

    [Fact]
    public void What_was_loaded_is_known()
    {
        Assert.Matches(@"^\d+\.\d+", LibTorchInfo.Version);
        Assert.Equal(LibTorchInfo.Version, torch.__version__);
        Assert.Contains("libtorch_cpu", LibTorchInfo.Location, StringComparison.Ordinal);
        Assert.True(LibTorchInfo.MatrixRate() > 0);
        Assert.True(torch.get_num_threads() >= 1);
        torch.set_num_threads(2);
        Assert.Equal(2, torch.get_num_threads());
        torch.set_num_threads(1);
        Assert.Throws<TorchException>(() => torch.set_num_threads(0));
    }

    private static string Touch(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, []);
        return path;
    }
}
