using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Training.Tests;

/// <summary>Class libraries of environments: the example's, and others that are made here with one fault each.</summary>
public sealed class PluginLibraryTests : IDisposable
{
    private static readonly string Example = Path.Combine(AppContext.BaseDirectory, "MyEnvironments.dll");
    private static int _made;
    private readonly string _folder = Directory.CreateTempSubdirectory("rlseq-library-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_environments_of_a_library_are_found_by_name_in_a_context_of_their_own()
    {
        Assert.Equal(["LockedDoor"], PluginLibrary.Load(Example).Environments);
        Assert.Equal(["LockedDoor"], PluginLibrary.Load(Path.Combine(Path.GetDirectoryName(Example)!, ".", Path.GetFileName(Example))).Environments); // the second time nothing happens
        using IEnvironment environment = EnvironmentRegistry.Create("lockeddoor", "time-limit=6");
        Assert.NotEqual(System.Runtime.Loader.AssemblyLoadContext.Default, System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(environment.Unwrapped().GetType().Assembly));
        Assert.Equal(Space.Discrete(11), environment.ObservationSpace);
        Assert.Empty(EnvironmentChecker.Check(EnvironmentRegistry.Get("LockedDoor").Create));
    }

    [Fact]
    public void A_run_on_a_library_resumes_from_its_own_configuration()
    {
        TrainingConfiguration small = Trained.Small("lstm");
        TrainingConfiguration configuration = (small with { Environment = "LockedDoor" }).With("environment.assembly", Path.GetRelativePath(Environment.CurrentDirectory, Example));
        Assert.Equal(Example, configuration.EnvironmentOptions.Assembly); // wherever the run is resumed from
        string folder = Path.Combine(_folder, "run");
        using (TrainingRun run = TrainingRun.Begin(configuration, folder)) run.Trainer.Update();
        using (TrainingRun run = TrainingRun.Begin(configuration, folder + "2")) run.Run(cancellation: new CancellationToken(canceled: true));
        Assert.Contains("assembly: \"" + Example, File.ReadAllText(Path.Combine(folder, TrainingRun.ConfigurationName)), StringComparison.Ordinal);
        using TrainingRun resumed = TrainingRun.Resume(folder + "2");
        Assert.True(resumed.EnvironmentsRestored);
        Assert.Equal("LockedDoor", resumed.Trainer.Configuration.Environment);
        Assert.Equal("MyEnvironments.dll", resumed.Trainer.Export().Provenance["assembly"]);
    }

    [Fact]
    public void A_missing_file_a_folder_and_what_is_no_library_are_refused()
    {
        Refused(Path.Combine(_folder, "none.dll"), "There is no library");
        Refused(_folder, "is a folder; name the .dll file in it.");
        string text = Path.Combine(_folder, "text.dll"), cut = Path.Combine(_folder, "cut.dll");
        File.WriteAllText(text, "Not a program at all.");
        Refused(text, "text.dll is no class library of .NET.");
        File.WriteAllBytes(cut, File.ReadAllBytes(Example)[..600]);
        Refused(cut, "cut.dll is no class library of .NET.");
    }

    [Theory]
    [InlineData(9, 1, "RLSeq.Environments 9.1.0, which is newer than this program's 0.1.0")]
    [InlineData(0, 0, "RLSeq.Environments 0.0.0, which is older than this program's 0.1.0")]
    public void A_library_for_another_version_is_refused(ushort major, ushort minor, string because)
    {
        string path = Path.Combine(_folder, $"other{major}.dll");
        File.WriteAllBytes(path, WithReference(File.ReadAllBytes(Example), "RLSeq.Environments", major, minor));
        Refused(path, because);
    }

    [Fact]
    public void A_library_without_environments_is_refused()
    {
        Refused(typeof(YamlDotNet.Core.Parser).Assembly.Location, "holds no environment and no memory: it references none of RLSeq's assemblies.");
        Refused(Made(module => Define(module, "Hidden", isPublic: false)), "holds no environment and no memory: no public class");
    }

    [Fact]
    public void Two_types_of_one_name_are_told_apart_by_their_namespaces()
    {
        string name = $"Twin{_made}", path = Made(module =>
        {
            Define(module, $"First.{name}");
            Define(module, $"Second.{name}");
        });
        Assert.Equal([$"First.{name}", $"Second.{name}"], PluginLibrary.Load(path).Environments);
        Assert.Contains($"several environments named {name}; give one with its namespace: First.{name}, Second.{name}.", Assert.ThrowsAny<UserInputException>(() => EnvironmentRegistry.Get(name)).Message, StringComparison.Ordinal);
        Assert.NotNull(EnvironmentRegistry.Create($"second.{name}"));
    }

    [Fact]
    public void A_name_that_is_taken_needs_its_namespace()
    {
        Assert.Equal(["Mine.CartPole"], PluginLibrary.Load(Made(module => Define(module, "Mine.CartPole"))).Environments);
        Assert.IsType<RLSeq.Environments.Suite.CartPole>(EnvironmentRegistry.Create("CartPole"));
        Refused(Made(module => Define(module, "Mine.CartPole")), "another one of that name is registered already");
    }

    [Fact]
    public void Nothing_of_a_library_is_registered_that_is_refused()
    {
        Refused(Made(module =>
        {
            Define(module, "Plug.Blameless");
            Define(module, "CartPole");
        }), "has the environment CartPole, but another one of that name is registered already");
        Assert.DoesNotContain("Blameless", EnvironmentRegistry.Names);
    }

    [Fact]
    public void An_environment_that_tells_its_full_state_has_a_twin_unless_a_class_has_its_name()
    {
        Assert.Equal(["Telling"], PluginLibrary.Load(Made(module => Define(module, "Plug.Telling", also: typeof(IFullState)))).Environments);
        Assert.Equal("TellingFullState", EnvironmentRegistry.Get("Telling").FullStateTwin);
        Assert.Equal("Telling", EnvironmentRegistry.Get("tellingFullState").FullStateOf);
        Assert.Equal(["Taken", "TakenFullState"], PluginLibrary.Load(Made(module =>
        {
            Define(module, "Plug.Taken", also: typeof(IFullState));
            Define(module, "Plug.TakenFullState");
        })).Environments);
        Assert.Null(EnvironmentRegistry.Get("Taken").FullStateTwin);
        Assert.Null(EnvironmentRegistry.Get("TakenFullState").FullStateOf);
    }

    [Fact]
    public void A_world_with_several_agents_is_found_and_a_wrapper_is_not()
    {
        Assert.Equal(["Hall"], PluginLibrary.Load(Made(module =>
        {
            Define(module, "Plug.Hall", world: typeof(IMultiAgentEnvironment));
            TypeBuilder around = module.DefineType("Plug.Around", TypeAttributes.Public, typeof(Wrapper));
            around.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(IEnvironment)]).GetILGenerator().Emit(OpCodes.Ret);
            around.CreateType();
        })).Environments);
        EnvironmentEntry entry = EnvironmentRegistry.Get("hall");
        Assert.NotNull(entry.CreateWorld);
        Assert.Equal("Hall", entry.CreateWorld().GetType().Name);
    }

    [Fact]
    public void The_memories_of_a_library_are_found_by_name_and_are_right()
    {
        Assert.Equal(["leaky"], PluginLibrary.Load(Path.Combine(AppContext.BaseDirectory, "MyMemories.dll")).Memories);
        Assert.Empty(MemoryChecker.Check("leaky"));
        using var trainer = Trained.Trainer(Trained.Small("leaky"));
        trainer.Update();
        Assert.Equal("leaky", PolicyNetwork.From(trainer.Export()).Definition.Memory.Kind);
    }

    [Fact]
    public void A_constructor_that_needs_arguments_or_fails_is_named()
    {
        PluginLibrary.Load(Made(module =>
        {
            Define(module, "Plug.Needy", parameters: [typeof(int)]);
            Define(module, "Plug.Failing", fails: true);
        }));
        Assert.Contains("Plug.Needy cannot be made by name: it has no public constructor without arguments.", Assert.ThrowsAny<UserInputException>(() => EnvironmentRegistry.Create("Needy")).Message, StringComparison.Ordinal);
        Assert.Contains("The constructor of Plug.Failing failed with InvalidOperationException: ", Assert.ThrowsAny<UserInputException>(() => EnvironmentRegistry.Create("Failing")).Message, StringComparison.Ordinal);
    }

    private static void Refused(string path, string because) =>
        Assert.Contains(because, Assert.ThrowsAny<UserInputException>(() => PluginLibrary.Load(path)).Message, StringComparison.Ordinal);

    /// <summary>Makes a library of a name of its own.</summary>
    private string Made(Action<ModuleBuilder> define)
    {
        string name = $"Made{_made++}", path = Path.Combine(_folder, $"{name}.dll");
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        define(assembly.DefineDynamicModule(name));
        assembly.Save(path);
        return path;
    }

    /// <summary>A class whose methods all throw: it can be found and made, which is all that is tried.</summary>
    private static void Define(ModuleBuilder module, string name, bool isPublic = true, Type[]? parameters = null, bool fails = false, Type? also = null, Type? world = null)
    {
        world ??= typeof(IEnvironment);
        TypeBuilder type = module.DefineType(name, isPublic ? TypeAttributes.Public : TypeAttributes.NotPublic, typeof(object), also is null ? [world] : [world, also]);
        ILGenerator constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, parameters ?? []).GetILGenerator();
        constructor.Emit(OpCodes.Ldarg_0);
        constructor.Emit(OpCodes.Call, typeof(object).GetConstructor([])!);
        if (fails) Throw(constructor);
        else constructor.Emit(OpCodes.Ret);
        foreach (MethodInfo declared in (IEnumerable<MethodInfo>)[.. world.GetMethods(), .. typeof(IDisposable).GetMethods(), .. also?.GetMethods() ?? []])
        {
            MethodBuilder method = type.DefineMethod(declared.Name, MethodAttributes.Public | MethodAttributes.Virtual, declared.ReturnType, [.. declared.GetParameters().Select(parameter => parameter.ParameterType)]);
            Throw(method.GetILGenerator());
            type.DefineMethodOverride(method, declared);
        }
        type.CreateType();

        static void Throw(ILGenerator code)
        {
            code.Emit(OpCodes.Newobj, typeof(InvalidOperationException).GetConstructor([])!);
            code.Emit(OpCodes.Throw);
        }
    }

    /// <summary>The same library with another version in its reference.</summary>
    private static byte[] WithReference(byte[] library, string name, ushort major, ushort minor)
    {
        using var file = new PEReader(new MemoryStream(library));
        MetadataReader metadata = file.GetMetadataReader();
        AssemblyReferenceHandle handle = metadata.AssemblyReferences.Single(candidate => metadata.GetString(metadata.GetAssemblyReference(candidate).Name) == name);
        int row = metadata.GetTableMetadataOffset(TableIndex.AssemblyRef) + (metadata.GetTableRowSize(TableIndex.AssemblyRef) * (MetadataTokens.GetRowNumber(handle) - 1));
        int offset = file.PEHeaders.MetadataStartOffset + row; // a row begins with major and minor version
        byte[] changed = [.. library];
        BitConverter.TryWriteBytes(changed.AsSpan(offset), major);
        BitConverter.TryWriteBytes(changed.AsSpan(offset + 2), minor);
        return changed;
    }
}
