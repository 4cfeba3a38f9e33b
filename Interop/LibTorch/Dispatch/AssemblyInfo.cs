using System.Runtime.CompilerServices;

// Every native signature is blittable, so calls need no marshalling stubs.
[assembly: DisableRuntimeMarshalling]
