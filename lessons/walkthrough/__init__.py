"""The lessons as pages to walk a class through: by Voila, without code, part by part. See CONTRIBUTING.md."""
