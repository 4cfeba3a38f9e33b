namespace TorchSharp.Modules;

/// <summary>The name under which a field is registered, where it differs from the field's own.</summary>
/// <param name="name">The name.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ComponentNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
