using System.Reflection;
using System.Runtime.Loader;
using System.Runtime.Versioning;

namespace RLSeq.Agents.Tests;

/// <summary>This assembly once more, beside another build of the engine.</summary>
internal sealed class OtherBuild(string framework) : AssemblyLoadContext(framework)
{
    private readonly string _folder = Path.Combine(AppContext.BaseDirectory, "builds", framework);

    /// <summary>The builds, each loaded and compiled once.</summary>
    public static OtherBuild Net10 { get; } = new("net10.0");

    /// <inheritdoc cref="Net10"/>
    public static OtherBuild Net8 { get; } = new("net8.0");

    /// <summary>The framework that an assembly was built for, such as <c>.NETCoreApp,Version=v8.0</c>.</summary>
    public static string FrameworkOf(Assembly assembly) => assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName;

    /// <summary>The engine of this build.</summary>
    public Assembly Engine => LoadFromAssemblyName(new AssemblyName("RLSeq.Agents"));

    /// <summary><see cref="ActionTrace.Run"/> with this build.</summary>
    public float[][] Run(byte[] file, float[] observations, bool[] masks, int steps) => (float[][])Trace(nameof(ActionTrace.Run)).Invoke(null, [file, observations, masks, steps])!;

    /// <summary><see cref="ActionTrace.Refusal"/> with this build.</summary>
    public string Refusal(byte[] file) => (string)Trace(nameof(ActionTrace.Refusal)).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [file], null)!;

    /// <summary>What is not the engine's is the runtime's, or xunit's.</summary>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private MethodInfo Trace(string method) =>
        LoadFromAssemblyPath(typeof(ActionTrace).Assembly.Location).GetType(typeof(ActionTrace).FullName!, throwOnError: true)!.GetMethod(method)!;
}
