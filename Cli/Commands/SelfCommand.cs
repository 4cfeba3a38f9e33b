using System.Reflection;

namespace RLSeq.Cli.Commands;

/// <summary>How this program starts itself again, for the training runs of a comparison.</summary>
internal static class SelfCommand
{
    public static string[] Words
    {
        get
        {
            string process = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this process is not known.");
            bool hosted = Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
            return hosted ? [process, Path.Combine(AppContext.BaseDirectory, Assembly.GetExecutingAssembly().GetName().Name + ".dll")] : [process];
        }
    }
}
