namespace RLSeq.Cli.Tests;

/// <summary>A mistyped <c>LIBTORCH</c> is an error and not another libtorch.</summary>
public sealed class LibTorchChoiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_uses_tensors_refuses_a_choice_that_names_none()
    {
        Rlseq.Finished finished = Rlseq.RunWith(new Dictionary<string, string> { ["LIBTORCH"] = _folder.Path }, ["train", "--env", "RepeatFirstEasy", "--steps", "64", "--out", _folder["run"], .. Rlseq.Tiny]);
        Assert.Equal((1, ""), (finished.Code, finished.Output));
        Assert.Contains($"LIBTORCH is '{_folder.Path}', but must name the folder of a libtorch", finished.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]), "A run was begun.");
    }
}
