namespace RLSeq.Training.Tests;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_file_that_cannot_be_put_into_place_leaves_nothing_beside()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string taken = folder.CreateSubdirectory("taken").FullName;   // a folder stands where the file is to be
            Assert.ThrowsAny<SystemException>(() => AtomicFile.Write(taken, "text"));
            Assert.Equal([taken], Directory.GetFileSystemEntries(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
